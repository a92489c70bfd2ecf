-- What WhatsApp wrote, as it came: what a later version can show of it is not lost. null for what agents wrote.
alter table message add column raw jsonb;

-- What has happened to messages; each message's body is its state after the last one.
create table message_change (
  message text not null references message,
  rev integer not null,
  at bigint not null,
  change jsonb not null,
  raw jsonb,
  primary key (message, rev)
);
