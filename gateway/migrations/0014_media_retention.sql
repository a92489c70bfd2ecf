-- What has become too old to be kept is looked for by its age.
create index media_stored_at on media (created_at) where state = 'stored';
