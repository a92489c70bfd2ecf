-- What notification a response carries: which template, what is said of its parameters, and the place above its text. The file above it is an attachment at place -1.
alter table response add column notification jsonb;
