-- Links by mail for people who forgot their password. The row is the mail's outbox too: it is sent until `mailed_at`.
-- Neither the link nor its hash is kept: it is computed from the id with the server's secret.
create table auth.password_resets (
  id uuid primary key,
  user_id uuid not null references auth."user" ("id") on delete cascade,
  language text not null check (language in ('en', 'ru')),
  requested_at timestamptz not null,
  expires_at timestamptz not null,
  mail_due_at timestamptz not null,
  mail_attempts integer not null default 0,
  mailed_at timestamptz,
  mail_error text
);
create index password_resets_user on auth.password_resets (user_id);
