-- A reaction that goes out has no place in a transcript: it stands at the message reacted to, and is kept for its delivery.
alter table message alter column place drop not null;
