-- Contents of files, by their SHA-256 in hex: the same bytes lie here once, however often they come.
create table blob (
  sha256 text primary key,
  bytes bigint not null,
  stored_at bigint not null
);

-- Files, as messages name them. The type is the file's and not its content's: what an Office file or a table of text is, its content does not tell alone.
create table media (
  id text primary key,
  sha256 text references blob,
  mime text,
  name text,
  width integer,
  height integer,
  -- The agent who brought it; null for what a contact sent.
  owner text,
  -- Of what a contact sent: over which number, and WhatsApp's id of it there, good for seven days.
  channel text references channel,
  graph_id text,
  state text not null check (state in ('wanted', 'fetching', 'stored', 'gone', 'refused')),
  attempts integer not null default 0,
  created_at bigint not null,
  -- From when on it may be fetched; while somebody fetches it, until when nobody else does.
  run_at bigint not null,
  error jsonb
);
create index media_open on media (run_at) where state in ('wanted', 'fetching');
create index media_sha256 on media (sha256);

-- Whoever may read a message may have its files.
create table message_media (
  message text not null references message,
  place integer not null,
  media text not null references media,
  primary key (message, place)
);
create index message_media_media on message_media (media);

-- What agents bring, by the id that their desk made for it.
create table upload (
  owner text not null,
  id text not null,
  bytes bigint not null,
  mime text not null,
  name text,
  created_at bigint not null,
  -- One of both once all of it is here.
  media text references media,
  refusal text,
  primary key (owner, id)
);
create index upload_created_at on upload (created_at);

-- What WhatsApp knows files of ours by, on each number, and until when.
create table media_handle (
  media text not null references media,
  channel text not null references channel,
  graph_id text not null,
  until bigint not null,
  primary key (media, channel)
);

-- Signs addresses of files, for all gateways.
create table media_key (
  one boolean primary key default true check (one),
  key text not null default gen_random_uuid()::text || gen_random_uuid()::text
);
insert into media_key default values;

-- held: its file is not at WhatsApp yet; what comes after it waits with it.
alter table outbox drop constraint outbox_state_check;
alter table outbox add constraint outbox_state_check check (state in ('held', 'ready', 'leased', 'sent', 'failed', 'unknown'));
-- How often its file was to be handed over.
alter table outbox add column handovers integer not null default 0;
drop index outbox_lane;
create index outbox_lane on outbox (lane, id) where state in ('held', 'ready', 'leased');
create index outbox_held on outbox (run_at) where state = 'held';

-- What came before there was anybody to fetch it, as far as WhatsApp still has it.
with old as (
  select m.id as message, 'm-' || m.id as media, i.channel, m.body -> 'content' as content,
    m.raw -> (m.raw ->> 'type') ->> 'id' as graph_id, (m.body ->> 'at')::bigint as at
  from message m join interaction i on i.id = m.interaction
  where m.direction = 'inbound' and m.body -> 'content' ->> 'status' = 'wanted'
    and (m.body ->> 'at')::bigint > extract(epoch from now()) * 1000 - 604800000
), fetched as (
  insert into media (id, name, channel, graph_id, mime, state, created_at, run_at)
  select media, content ->> 'fileName', channel, graph_id, content ->> 'mimeType', 'wanted', at, 0 from old where graph_id is not null
)
insert into message_media (message, place, media) select message, 0, media from old where graph_id is not null;
