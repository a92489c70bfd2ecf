-- How often in a row the Cloud API has turned a number's messages away: while it does, one message at a time goes to find out.
alter table channel
  add column strikes integer not null default 0,
  -- Why the number sends nothing, as desks are told (a ChannelHealth); null while all is well.
  add column trouble jsonb;

-- Leases run out by the stopwatch of whoever watches them, not by anybody's clock.
drop index outbox_lease;
alter table outbox drop column lease_until;
create index outbox_leased on outbox (channel) where state = 'leased';
