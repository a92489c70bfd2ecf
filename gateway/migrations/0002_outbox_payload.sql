-- What is sent, by kind, in place of a text alone.
alter table outbox
  add column kind text,
  -- The agent's content as the domain model has it.
  add column payload jsonb,
  -- Our id of the message that this one answers.
  add column reply_to text;
update outbox set kind = 'text', payload = jsonb_build_object('kind', 'text', 'text', text);
alter table outbox
  alter column kind set not null,
  alter column payload set not null,
  drop column text;
