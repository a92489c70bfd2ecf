-- Of what waits for a number the first messages are looked at, however many there are.
create index outbox_ready on outbox (channel, id) where state = 'ready';
-- What could not be applied lies among statuses that wait for messages which others have sent: there may be very many of those.
create index inbox_kept on inbox (received_at, key) where done_at is null and error is not null;
