-- What agents have done with prepared responses. Both go with the response.
create table response_favourite (
  agent text not null,
  response text not null references response on delete cascade,
  at bigint not null,
  primary key (agent, response)
);
create index response_favourite_response on response_favourite (response);

create table response_use (
  agent text not null,
  response text not null references response on delete cascade,
  count integer not null,
  used_at bigint not null,
  primary key (agent, response)
);
create index response_use_response on response_use (response);
create index response_use_recent on response_use (agent, used_at desc);
