-- That a gateway has worked here which is no demo, and so that real conversations may be here: a demo signs everybody in.
create table production (
  one boolean primary key default true check (one),
  since timestamptz not null default now()
);
