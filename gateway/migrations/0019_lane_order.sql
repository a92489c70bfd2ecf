-- The message that a lane waits for: WhatsApp has taken it, and no status has come yet that tells that it was sent. Until when, and whether it carries a file.
alter table lane
  add column awaited text,
  add column awaited_until bigint not null default 0,
  add column awaited_file boolean not null default false;
create index lane_awaited on lane (awaited) where awaited is not null;

-- What was sent together: where one part fails, those behind it do not go.
alter table outbox add column batch text;
