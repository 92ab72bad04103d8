-- What people are told of: rules, how their conditions stand, the alerts they raised, and when nobody is told.

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

-- Since when the agent has been connected: a thing cannot have been silent to it for longer than that.
alter table agents add column online_since timestamptz;

create table alert_rules (
  id uuid primary key,
  org_id uuid not null references organisations on delete cascade,
  -- The name of one that every organisation has, and its words in each language.
  built_in text,
  words jsonb,
  name text not null check (name <> ''),
  kind text not null check (kind in ('threshold', 'state', 'event', 'agentEvent', 'absence')),
  condition jsonb not null,
  -- Taken out of the condition, to find the rules that a fact concerns. affordance: the property, the event, or what
  -- falls silent.
  model text,
  affordance text not null,
  severity text not null check (severity in ('notice', 'warning', 'critical')),
  for_seconds integer not null,
  clear_after_seconds integer not null,
  escalate_after_minutes integer,
  site_id uuid references sites,
  group_id uuid references groups,
  enabled boolean not null,
  -- A built-in rule that people have tuned keeps what they set.
  edited boolean not null default false,
  -- The log's end when the rule began: of what came before, only the last value of a property counts.
  from_log bigint not null,
  created_at timestamptz not null default now(),
  unique (org_id, built_in)
);
create unique index alert_rules_name on alert_rules (org_id, name) where built_in is null;
create index alert_rules_match on alert_rules (org_id, affordance) where enabled;

-- Derived from the log and the rules: how each rule's condition stands with each thing or agent.
create table alert_conditions (
  org_id uuid not null,
  rule_id uuid not null references alert_rules on delete cascade,
  subject_kind text not null check (subject_kind in ('thing', 'agent')),
  subject_id uuid not null,
  holds boolean not null,
  -- When it began to hold or not to hold; for events, when the last one came.
  since timestamptz not null,
  value jsonb,
  -- The entry that brought it to where it is.
  log_id bigint not null,
  -- Milliseconds of the events that still count.
  recent jsonb not null default '[]',
  -- What is gone stands in no condition.
  thing_id uuid generated always as (case when subject_kind = 'thing' then subject_id end) stored
    references things on delete cascade,
  agent_id uuid generated always as (case when subject_kind = 'agent' then subject_id end) stored
    references agents on delete cascade,
  primary key (rule_id, subject_id)
);

create index alert_conditions_thing on alert_conditions (thing_id);
create index alert_conditions_agent on alert_conditions (agent_id);

create table alerts (
  id uuid primary key,
  org_id uuid not null references organisations on delete cascade,
  rule_id uuid references alert_rules on delete set null,
  title jsonb not null,
  help jsonb,
  severity text not null check (severity in ('notice', 'warning', 'critical')),
  subject_kind text not null check (subject_kind in ('thing', 'agent')),
  -- No foreign key: a thing may go, the history of its alerts stays.
  subject_id uuid not null,
  subject_name text not null,
  site_id uuid,
  cause jsonb not null,
  log_id bigint,
  since timestamptz not null,
  opened_at timestamptz not null,
  count integer not null default 1,
  level integer not null default 0,
  escalated_at timestamptz,
  acknowledged_at timestamptz,
  acknowledged_by uuid,
  note text not null default '',
  cleared_at timestamptz,
  cleared_because text check (cleared_because in ('recovered', 'rule_changed', 'subject_removed'))
);
-- However many servers judge at once, a rule raises one alert for one subject.
create unique index alerts_once on alerts (rule_id, subject_id) where cleared_at is null;
create index alerts_org on alerts (org_id, id);
create index alerts_of on alerts (rule_id, subject_id, log_id);
create index alerts_subject on alerts (subject_id, id);
create index alerts_open on alerts (org_id) where cleared_at is null;

create table maintenance_windows (
  id uuid primary key,
  org_id uuid not null references organisations on delete cascade,
  name text not null check (name <> ''),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  site_id uuid references sites on delete cascade,
  group_id uuid references groups on delete cascade,
  agent_id uuid references agents on delete cascade,
  created_at timestamptz not null default now(),
  check (num_nonnulls(site_id, group_id, agent_id) <= 1)
);
create index maintenance_windows_org on maintenance_windows (org_id, ends_at);

call isolate('alert_rules', 'select, insert, update, delete', 'select');
call isolate('alert_conditions', 'select, insert, update, delete', 'select');
call isolate('alerts', 'select, insert, update', 'select, insert, update');
call isolate('maintenance_windows', 'select, insert, update, delete', 'select');

drop procedure isolate;
