-- The Standard Response Library, as the last import brought it.
create table response_category (
  id text primary key,
  parent text references response_category,
  name text not null
);
create unique index response_category_root on response_category (name) where parent is null;
create unique index response_category_name on response_category (parent, name) where parent is not null;

create table response (
  id text primary key,
  category text not null references response_category,
  -- A BCP 47 tag; null for all languages.
  language text,
  name text not null,
  shortcut text,
  keywords text[] not null,
  body text not null,
  -- What the body was made of, where it came as a page.
  html text,
  -- What it is for: suggestion, faq, acknowledgement, autoresponse.
  usage text[] not null,
  approved boolean not null,
  -- Agents may use it from this instant on, and up to that one, in milliseconds; null is without such an end.
  valid_from bigint,
  valid_to bigint,
  -- Grows with every change.
  version integer not null default 1,
  -- Of everything that an import wrote: what has the same is left as it is.
  digest text not null,
  -- The rest is filled by whoever writes: neither unaccent nor a text search configuration says what the same word is, our own rule does.
  sort text collate "C" not null,
  shortcut_key text collate "C",
  words tsvector not null
);
create index response_sort on response (sort, id);
create index response_in_category on response (category, sort, id);
create index response_shortcut on response (shortcut_key, sort, id) where shortcut_key is not null;
create index response_words on response using gin (words);

create table response_attachment (
  response text not null references response on delete cascade,
  place integer not null,
  media text not null references media,
  -- What the contact sees it as.
  role text not null,
  file_name text,
  primary key (response, place)
);
create index response_attachment_media on response_attachment (media);

-- All words of the library. Spellings are the word and what is left of it without one of its letters: two words that one typing error makes of each other have
-- one in common.
create table response_word (
  word text collate "C" primary key,
  spellings text[] not null
);
create index response_word_spellings on response_word using gin (spellings);
