-- Instants are milliseconds since the epoch, by the gateway's clock; ids are text that the gateway or a desk made.

-- One log. Its head is the last thing that a transaction touches: whoever sees event n then sees all before n.
create table stream (
  one boolean primary key default true check (one),
  head bigint not null default 0,
  -- Events up to here have been thrown away by age.
  floor bigint not null default 0,
  -- Names this log. Set another one after restoring a backup: places in the log no longer mean the same.
  epoch text not null default gen_random_uuid()::text
);
insert into stream default values;

create table event (
  seq bigint primary key,
  id text not null,
  type text not null,
  at bigint not null,
  interaction text,
  actor text,
  command text,
  body jsonb not null,
  -- Agents whom it concerned when it happened; '*' stands for all.
  audience text[] not null
);
create index event_at on event (at);

-- What came by webhook, as it came.
create table inbox (
  key text primary key,
  kind text not null,
  wamid text,
  item jsonb not null,
  received_at bigint not null,
  -- null: waits for its message (a status), or could not be applied (has an error).
  done_at bigint,
  error text
);
create index inbox_open on inbox (wamid) where done_at is null;
create index inbox_received_at on inbox (received_at);

create table channel (
  -- The Cloud API's phone_number_id.
  id text primary key,
  registered_at bigint not null,
  -- The Cloud API refused the number's token: nothing is sent before this instant.
  paused_until bigint not null default 0,
  -- When the number's rate allows the next message, had it never been faster than allowed.
  next_at double precision not null default 0
);

create table contact (
  id text primary key,
  name text,
  username text,
  phone text,
  bsuid text,
  -- When each of the four was so, by WhatsApp's clock.
  known_at jsonb not null,
  created_at bigint not null
);

-- All addresses that a contact has ever had; the newest ones also stand in contact.
create table contact_address (
  kind text not null check (kind in ('bsuid', 'wa_id', 'parent_bsuid')),
  value text not null,
  contact text not null references contact,
  primary key (kind, value)
);
create index contact_address_contact on contact_address (contact);

create table workbin (
  id text primary key,
  name text not null,
  owner text
);
insert into workbin (id, name, owner) values ('team', 'Team', null);

create table agent (
  id text primary key,
  name text not null,
  status text not null default 'not-ready' check (status in ('ready', 'not-ready')),
  reason text,
  -- When the agent last got something to do; 0 for never.
  busy_at bigint not null default 0
);

-- Apart from agent, because it is written every few seconds.
create table presence (
  agent text primary key references agent,
  seen_until bigint not null
);

create table interaction (
  id text primary key,
  channel text not null references channel,
  contact text not null references contact,
  state text not null check (state in ('queued', 'offered', 'active', 'parked', 'done')),
  created_at bigint not null,
  agent text,
  offer_agent text,
  offer_expires_at bigint,
  workbin text,
  parked_at bigint,
  -- Since when the contact waits; orders the queue.
  waiting_since bigint not null,
  -- How many messages and sessions it has: the place of the next one.
  items integer not null default 0,
  -- The interaction as the domain model has it.
  body jsonb not null
);
create unique index interaction_open on interaction (channel, contact) where state <> 'done';
create index interaction_contact on interaction (contact, channel, created_at);
create index interaction_queue on interaction (waiting_since, id) where state = 'queued';
create index interaction_offer on interaction (offer_agent) where state = 'offered';
create index interaction_expiry on interaction (offer_expires_at) where state = 'offered';
create index interaction_agent on interaction (agent) where state = 'active';
create index interaction_workbin on interaction (workbin, parked_at, id) where state = 'parked';

create table session (
  id text primary key,
  interaction text not null references interaction,
  place integer not null,
  body jsonb not null,
  unique (interaction, place)
);

create table message (
  id text primary key,
  interaction text not null references interaction,
  place integer not null,
  direction text not null check (direction in ('inbound', 'outbound')),
  wamid text unique,
  client_id text unique,
  -- The message as the domain model has it, without its delivery.
  body jsonb not null,
  delivery jsonb,
  unique (interaction, place)
);

create table command (
  id text primary key,
  agent text not null,
  hash text not null,
  -- null only inside the transaction that carries it out.
  receipt jsonb,
  at bigint not null
);
create index command_at on command (at);

-- Messages on their way to the Cloud API. A lane is a contact on a channel: its messages go one after the other.
create table outbox (
  id bigint generated always as identity primary key,
  message text not null unique references message,
  interaction text not null,
  channel text not null references channel,
  lane text not null,
  client_id text not null,
  text text not null,
  state text not null default 'ready' check (state in ('ready', 'leased', 'sent', 'failed', 'unknown')),
  attempts integer not null default 0,
  created_at bigint not null,
  run_at bigint not null,
  lease_until bigint,
  -- Who has it; holds an advisory lock of this number for as long as it lives.
  worker integer,
  last_error jsonb
);
create index outbox_lane on outbox (lane, id) where state in ('ready', 'leased');
create index outbox_lease on outbox (lease_until) where state = 'leased';
create index outbox_created_at on outbox (created_at);

-- Pace of each lane, as in channel.
create table lane (
  id text primary key,
  next_at bigint not null
);
