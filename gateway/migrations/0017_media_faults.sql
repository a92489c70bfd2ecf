-- How many tries in a row have ended with the file itself at fault: broken, or gone at WhatsApp. What else keeps it from coming says nothing of it.
alter table media add column faults integer not null default 0;
