-- Business accounts whose templates are kept.
create table template_account (
  account text primary key,
  -- When its templates are to be read from WhatsApp; while somebody does that, when another one may begin.
  due_at bigint not null,
  -- When they were last read as a whole; null for never.
  synced_at bigint,
  -- How many requests that took.
  requests integer not null default 1,
  -- Grows with every change.
  version bigint not null default 0
);

-- Templates, as the Cloud API last told them.
create table template (
  account text not null references template_account on delete cascade,
  name text not null,
  language text not null,
  told jsonb not null,
  primary key (account, name, language)
);
