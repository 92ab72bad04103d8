-- Who came in or was turned away, from where and by what: for the person themself. Goes with them, and after half a year.
create table auth.sign_ins (
  id uuid default pg_catalog.gen_random_uuid() not null primary key,
  user_id uuid not null references auth."user" ("id") on delete cascade,
  at timestamptz not null,
  outcome text not null check (outcome in ('let_in', 'refused', 'locked_out')),
  -- 'password', 'code' or 'passkey'; null where nobody was let in.
  by text,
  device text not null,
  address text not null
);
create index sign_ins_user on auth.sign_ins (user_id, at desc);
