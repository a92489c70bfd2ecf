-- The configuration of the contact centre that holds now, by its hash: a gateway that brings another one tells the desks.
create table centre (
  one boolean primary key default true check (one),
  hash text not null,
  changed_at bigint not null
);

-- By which configuration each living gateway works, so that those who disagree can say so.
create table centre_view (
  gateway text primary key,
  hash text not null,
  seen_until timestamptz not null
);

-- A workbin that the centre has closed takes nothing more; what lies in it stays and is seen until it is taken.
alter table workbin add column closed boolean not null default false;
-- The centre's order; those without one come last.
alter table workbin add column place integer;
