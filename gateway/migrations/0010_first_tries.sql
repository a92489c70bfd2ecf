-- When a message was first taken up to be sent: its predecessors in the lane were done with by then. null until that.
alter table outbox add column tried_at bigint;
