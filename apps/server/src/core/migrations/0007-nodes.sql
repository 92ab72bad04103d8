-- Several servers on one database: which of them live, and which holds an agent's connection.

-- A row stands for a server that lives for as long as somebody holds the advisory lock (7210, number). PostgreSQL lets it
-- go the moment the server's connection is gone, however the server ended.
create table nodes (
  number integer generated always as identity primary key,
  -- Where it runs, for people.
  name text not null,
  joined_at timestamptz not null default now(),
  -- Last sign of life; one that hangs gives none and still holds its lock.
  seen_at timestamptz not null default now(),
  -- Since when, without a gap, some node has listened to agents.
  listening_since timestamptz not null,
  -- Hash of what all nodes must have in common.
  credentials text not null
);
grant select on nodes to vakhta_system;

create function node_lives(number integer) returns boolean
  language sql stable
  return exists (
    select from pg_locks l
    where l.locktype = 'advisory' and l.classid = 7210 and l.objid = number and l.objsubid = 2 and l.granted
      and l.database = (select oid from pg_database where datname = current_database()));

-- The node that an agent is connected to.
alter table agents add column node integer;
create index agents_node on agents (node) where node is not null;
