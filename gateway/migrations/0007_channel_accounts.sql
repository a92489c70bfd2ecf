-- The WhatsApp Business Account that a number belongs to, as webhooks tell it: some troubles concern all of its numbers. null: not known yet.
alter table channel add column account text;
create index channel_account on channel (account) where account is not null;
