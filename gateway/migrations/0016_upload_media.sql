-- What PostgreSQL looks for whenever a file is thrown away: without this it reads every upload for each of them.
create index upload_media on upload (media);
