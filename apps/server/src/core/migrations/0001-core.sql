-- The spine: who belongs where, what is looked after, what was observed, what was asked, who did what.
--
-- Isolation lives here. Every table with an org_id has row-level security on and forced. Requests run as vakhta_app with
-- the organisation set for the transaction; work that spans organisations (sign-in, agents at connect, sealing) runs as
-- vakhta_system. Neither can log in, own a table or bypass a policy; the connecting user merely takes one of the roles
-- for the length of a transaction.

do $$
declare
  name text;
begin
  -- Roles belong to the whole cluster: another database of it may have made them already, or be making them right now.
  foreach name in array array['vakhta_app', 'vakhta_system'] loop
    begin
      if not exists (select from pg_roles where rolname = name) then
        execute format('create role %I nologin noinherit nobypassrls', name);
      end if;
    exception when duplicate_object or unique_violation then null;
    end;
    begin
      execute format('grant %I to current_user', name);
    exception when unique_violation or object_in_use then null;
    end;
  end loop;
end $$;

-- The organisation of the transaction; null when none was set, which matches no row.
create function current_organisation() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('vakhta.organisation', true), '')::uuid;

-- Puts a table under the tenant rule and grants what the two roles may do with it.
create procedure isolate(target regclass, app_privileges text, system_privileges text)
  language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format(
    'create policy tenant on %s to vakhta_app using (org_id = current_organisation()) with check (org_id = current_organisation())',
    target);
  execute format('create policy every_organisation on %s to vakhta_system using (true) with check (true)', target);
  execute format('grant %s on %s to vakhta_app', app_privileges, target);
  execute format('grant %s on %s to vakhta_system', system_privileges, target);
end $$;

create table organisations (
  org_id uuid primary key,
  name text not null check (name <> ''),
  created_at timestamptz not null default now()
);

create table members (
  id uuid primary key,
  org_id uuid not null references organisations on delete cascade,
  -- A user of the identity tables, which know nothing of organisations.
  user_id uuid not null,
  roles text[] not null check (roles <@ array['owner', 'manager', 'operator', 'viewer'] and cardinality(roles) > 0),
  created_at timestamptz not null default now(),
  unique (org_id, user_id)
);
create index members_user on members (user_id);

create table api_tokens (
  id uuid primary key,
  org_id uuid not null references organisations on delete cascade,
  member_id uuid not null references members on delete cascade,
  name text not null check (name <> ''),
  -- SHA-256 of the secret, which is shown once and never kept.
  secret_hash bytea not null unique,
  created_at timestamptz not null default now(),
  last_used_at timestamptz
);
create index api_tokens_member on api_tokens (member_id);

create table sites (
  id uuid primary key,
  org_id uuid not null references organisations on delete cascade,
  name text not null check (name <> ''),
  time_zone text not null,
  created_at timestamptz not null default now(),
  unique (org_id, name)
);

create table agents (
  id uuid primary key,
  org_id uuid not null references organisations on delete cascade,
  site_id uuid not null references sites,
  name text not null check (name <> ''),
  status text not null check (status in ('awaiting', 'enrolled', 'revoked')),
  -- Ed25519, base64url; null until enrolled.
  public_key text,
  token_hash bytea unique,
  token_expires_at timestamptz,
  enrolled_at timestamptz,
  -- What it told of itself at its last connect.
  software jsonb,
  models text[] not null default '{}',
  online boolean not null default false,
  last_seen_at timestamptz,
  -- What it tells of itself every few seconds, and when it last did.
  health jsonb,
  health_at timestamptz,
  -- Milliseconds between the newest observation's time and its commit.
  lag_ms integer,
  created_at timestamptz not null default now(),
  unique (org_id, name)
);

-- Thing Models as agents' drivers declare them; the newest version seen is kept.
create table thing_models (
  org_id uuid not null references organisations on delete cascade,
  id text not null,
  version text not null,
  -- Text and not jsonb, which would reorder the members: forms and lists are drawn in the order they are declared.
  definition json not null,
  updated_at timestamptz not null default now(),
  primary key (org_id, id)
);

create table things (
  id uuid primary key,
  org_id uuid not null references organisations on delete cascade,
  site_id uuid not null references sites,
  agent_id uuid not null references agents,
  model text not null,
  name text not null check (name <> ''),
  configuration jsonb not null,
  created_at timestamptz not null default now(),
  unique (site_id, name),
  foreign key (org_id, model) references thing_models
);
create index things_agent on things (agent_id);
create index things_site on things (site_id);

create table groups (
  id uuid primary key,
  org_id uuid not null references organisations on delete cascade,
  name text not null check (name <> ''),
  created_at timestamptz not null default now(),
  unique (org_id, name)
);

create table group_things (
  org_id uuid not null references organisations on delete cascade,
  group_id uuid not null references groups on delete cascade,
  thing_id uuid not null references things on delete cascade,
  primary key (group_id, thing_id)
);
create index group_things_thing on group_things (thing_id);

-- How far each life of each agent's outbox has been taken. Its row lock is what makes a batch follow on exactly once.
create table agent_streams (
  org_id uuid not null references organisations on delete cascade,
  agent_id uuid not null references agents on delete cascade,
  stream uuid not null,
  last_seq bigint not null,
  primary key (agent_id, stream)
);

-- The log: every observation, append-only. thing_id has no foreign key: a thing may go, its log stays.
create table log (
  id bigint generated always as identity,
  org_id uuid not null,
  agent_id uuid not null,
  stream uuid not null,
  seq bigint not null,
  kind text not null,
  thing_id uuid,
  name text not null,
  data jsonb,
  at timestamptz not null,
  received_at timestamptz not null
) partition by range (received_at);
create index log_id on log (id);
create index log_thing on log (thing_id, id);
create index log_thing_name_at on log (thing_id, name, at) where kind in ('property', 'presence');

-- Makes the partitions of this month and the next; called at start and daily.
create procedure ensure_log_partitions(around timestamptz)
  language plpgsql as $$
declare
  month timestamptz;
begin
  for step in 0..1 loop
    month := date_trunc('month', around at time zone 'UTC') at time zone 'UTC' + make_interval(months => step);
    execute format(
      'create table if not exists %I partition of log for values from (%L) to (%L)',
      'log_' || to_char(month at time zone 'UTC', 'YYYY_MM'), month, month + interval '1 month');
  end loop;
end $$;
-- A clock set wrongly must not stop the ingest.
create table log_default partition of log default;

-- Derived from the log: each property's latest value.
create table thing_state (
  org_id uuid not null,
  thing_id uuid not null references things on delete cascade,
  name text not null,
  value jsonb,
  at timestamptz not null,
  log_id bigint not null,
  primary key (thing_id, name)
);

-- Derived from the log: whether each thing answers.
create table thing_presence (
  org_id uuid not null,
  thing_id uuid primary key references things on delete cascade,
  online boolean not null,
  reason jsonb,
  at timestamptz not null,
  log_id bigint not null
);

-- When a thing's reported values were last found still true. Not derived: pulses are not logged.
create table thing_confirmations (
  org_id uuid not null,
  thing_id uuid primary key references things on delete cascade,
  at timestamptz not null
);

-- A projection that failed stands here until it has caught up from log id `behind_from`.
create table projection_failures (
  org_id uuid not null references organisations on delete cascade,
  projection text not null,
  behind_from bigint not null,
  error text not null,
  failed_at timestamptz not null,
  primary key (org_id, projection)
);

create table batches (
  id uuid primary key,
  org_id uuid not null references organisations on delete cascade,
  action text not null,
  requested_at timestamptz not null
);

create table commands (
  id uuid primary key,
  org_id uuid not null references organisations on delete cascade,
  batch_id uuid references batches,
  thing_id uuid not null,
  agent_id uuid not null,
  action text not null,
  input jsonb not null,
  risk text not null,
  state text not null check (state in ('requested', 'awaiting_approval', 'queued', 'delivered', 'accepted',
                                       'succeeded', 'failed', 'refused', 'expired', 'unknown')),
  requested_by uuid not null,
  deadline timestamptz not null,
  requested_at timestamptz not null,
  queued_at timestamptz,
  delivered_at timestamptz,
  -- Until when the signature given at the last delivery is good.
  order_valid_until timestamptz,
  accepted_at timestamptz,
  finished_at timestamptz,
  outcome jsonb
);
create index commands_thing on commands (thing_id, id);
create index commands_batch on commands (batch_id);
create index commands_org on commands (org_id, id);
create index commands_open on commands (agent_id, id) where state in ('queued', 'delivered', 'accepted');
create index commands_unresolved on commands (agent_id, id) where state = 'unknown';

-- Pictures that commands brought, re-encoded; the key is the hash of what the agent sent.
create table pictures (
  org_id uuid not null references organisations on delete cascade,
  sha256 text not null,
  bytes bytea not null,
  width integer not null,
  height integer not null,
  created_at timestamptz not null default now(),
  primary key (org_id, sha256)
);

-- Who did what. Holds ids of people, never their names. Append-only for everyone but the owner of the tables.
create table audit (
  id bigint generated always as identity primary key,
  org_id uuid not null,
  at timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
  actor_kind text not null check (actor_kind in ('member', 'agent', 'system')),
  actor_id uuid,
  action text not null,
  subject_kind text,
  subject_id text,
  detail jsonb not null default '{}'
);
create index audit_org on audit (org_id, id);

-- The chain: each seal's hash covers the entry and the seal before it. Entries are sealed in batches, in one order.
create table audit_seals (
  org_id uuid not null,
  position bigint not null,
  audit_id bigint not null unique,
  hash bytea not null,
  primary key (org_id, position)
);

call isolate('organisations', 'select, update', 'select, insert, update');
call isolate('members', 'select, insert, update, delete', 'select, insert, update, delete');
call isolate('api_tokens', 'select, insert, delete', 'select, update');
call isolate('sites', 'select, insert, update, delete', 'select, insert');
call isolate('agents', 'select, insert, update, delete', 'select, update');
call isolate('thing_models', 'select, insert, update', 'select');
call isolate('things', 'select, insert, update, delete', 'select');
call isolate('groups', 'select, insert, update, delete', 'select');
call isolate('group_things', 'select, insert, delete', 'select');
call isolate('agent_streams', 'select, insert, update', 'select');
call isolate('log', 'select, insert', 'select');
call isolate('thing_state', 'select, insert, update, delete', 'select');
call isolate('thing_presence', 'select, insert, update, delete', 'select');
call isolate('thing_confirmations', 'select, insert, update', 'select');
call isolate('projection_failures', 'select, insert, update, delete', 'select');
call isolate('batches', 'select, insert', 'select');
call isolate('commands', 'select, insert, update', 'select, update');
call isolate('pictures', 'select, insert', 'select');
call isolate('audit', 'select, insert', 'select, insert');
call isolate('audit_seals', 'select', 'select, insert');

drop procedure isolate;
