-- Failures within a while, such as wrong passwords for one e-mail: the same for every server on this database, and still
-- there after a restart. The key is a hash: it names neither a person nor an address.
create table auth.attempts (
  key bytea not null primary key,
  failures integer not null,
  until timestamptz not null
);
create index attempts_until on auth.attempts (until);
