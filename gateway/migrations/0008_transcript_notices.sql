-- What happened to a conversation and stands in its transcript among messages and sessions, as desks see it.
create table notice (
  id text primary key,
  interaction text not null references interaction,
  place integer not null,
  body jsonb not null,
  unique (interaction, place)
);
