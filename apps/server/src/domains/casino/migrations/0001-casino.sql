-- The casino floor. One journal holds what machines told and what people did; every other table is derived from it and
-- is built anew by replaying it. All money is in whole minor units of the hall's currency.

-- Puts a table under the tenant rule. What the serving role may do is said table by table; only the role that spans
-- organisations may empty a derived table, for a rebuild.
create procedure casino_isolate(target regclass, app_privileges text)
  language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format(
    'create policy tenant on %s to vakhta_app using (org_id = current_organisation()) with check (org_id = current_organisation())',
    target);
  execute format('create policy every_organisation on %s to vakhta_system using (true) with check (true)', target);
  execute format('grant %s on %s to vakhta_app', app_privileges, target);
  execute format('grant select, insert, update, delete on %s to vakhta_system', target);
end $$;

-- A hall is a site with machines. `clock` is the time up to which its timers have fired; it never goes back.
create table casino_halls (
  org_id uuid not null references organisations on delete cascade,
  hall_id uuid primary key references sites on delete cascade,
  clock timestamptz not null
);

-- The journal: readings, exceptions and other words of machines, acts of people, refused ones too, and how the floor was
-- set up. Append-only.
create table casino_facts (
  org_id uuid not null,
  id bigint generated always as identity primary key,
  hall_id uuid not null references casino_halls,
  kind text not null,
  machine text,
  -- When it was so, and when we heard of it.
  at timestamptz not null,
  received_at timestamptz not null,
  data jsonb not null,
  -- The entry of the general log it came by; null for what people did here.
  log_id bigint unique
);
create index casino_facts_hall on casino_facts (org_id, hall_id, id);
create index casino_facts_exceptions on casino_facts (org_id, hall_id, machine, at, id) where kind = 'exception';

create table casino_answers (
  org_id uuid not null,
  fact_id bigint primary key references casino_facts,
  hall_id uuid not null,
  ref text,
  status text not null check (status in ('done', 'accepted', 'waiting', 'refused')),
  code text,
  same_as text
);
create index casino_answers_ref on casino_answers (org_id, hall_id, ref);

create table casino_settings (
  org_id uuid not null,
  hall_id uuid primary key,
  time_zone text not null,
  game_day_start text not null,
  currency text not null,
  minor_digits smallint not null check (minor_digits in (0, 2)),
  policy jsonb not null,
  next_slip integer not null
);

create table casino_agents (
  org_id uuid not null,
  hall_id uuid not null,
  agent text not null,
  down_since timestamptz,
  clock_offset_seconds integer not null default 0,
  primary key (org_id, hall_id, agent)
);

-- A place on the floor and the cabinet that stands on it now.
create table casino_machines (
  org_id uuid not null,
  hall_id uuid not null,
  machine text not null,
  agent text not null,
  position text,
  serial text not null,
  rom_signature text,
  previous_serials text[] not null default '{}',
  state text not null default 'live' check (state in ('live', 'waiting_enrolment')),
  -- The fact that told of another cabinet.
  waiting_since bigint,
  denomination_minor bigint not null check (denomination_minor > 0),
  par_hold_pct text,
  meter_digits jsonb not null,
  max_bet_credits bigint not null,
  max_win_credits bigint not null,
  -- Per code: base, the last value taken into account; held, that of an excessive delta that waits for a decision.
  meters jsonb not null default '{}',
  -- The first value ever seen of each code.
  first_values jsonb not null default '{}',
  epoch integer not null default 0,
  last_reading_at timestamptz,
  clear_announced boolean not null default false,
  -- Told of a memory clear by an exception since the last reset.
  clear_told boolean not null default false,
  primary key (org_id, hall_id, machine)
);

-- Through which things of the log a machine is heard.
create table casino_things (
  org_id uuid not null,
  hall_id uuid not null,
  thing_id uuid primary key,
  machine text not null
);

-- What the meters stood at, told by the machine or typed and approved.
create table casino_readings (
  org_id uuid not null,
  hall_id uuid not null,
  fact_id bigint primary key references casino_facts,
  machine text not null,
  at timestamptz not null,
  meters jsonb not null
);
create index casino_readings_machine on casino_readings (org_id, hall_id, machine, at, fact_id);

create table casino_epochs (
  org_id uuid not null,
  hall_id uuid not null,
  machine text not null,
  epoch integer not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  closed_by text check (closed_by in ('reset', 'config', 'swap')),
  gap text check (gap in ('none', 'unknown', 'closed')),
  denomination_minor bigint not null,
  par_hold_pct text,
  baseline jsonb not null,
  -- Null while open: then the machine's bases are the last values.
  last jsonb,
  primary key (org_id, hall_id, machine, epoch)
);

-- What each meter moved by, from one reading to the next.
create table casino_rows (
  org_id uuid not null,
  hall_id uuid not null,
  id bigint not null,
  machine text not null,
  epoch integer not null,
  code text not null,
  at timestamptz not null,
  from_at timestamptz,
  from_value bigint not null,
  to_value bigint not null,
  delta bigint not null,
  kind text not null check (kind in ('normal', 'rollover', 'reset', 'closing', 'accepted')),
  -- Null for games and counts.
  amount_minor bigint,
  denomination_minor bigint not null,
  par_hold_pct text,
  game_day text not null,
  late boolean not null,
  unsplit boolean not null,
  fact_id bigint not null,
  primary key (org_id, hall_id, id)
);
create index casino_rows_machine on casino_rows (org_id, hall_id, machine, code, at);
create index casino_rows_day on casino_rows (org_id, hall_id, game_day, machine, code);
create index casino_rows_at on casino_rows (org_id, hall_id, at);

create table casino_held_deltas (
  org_id uuid not null,
  hall_id uuid not null,
  id bigint not null,
  machine text not null,
  epoch integer not null,
  code text not null,
  at timestamptz not null,
  from_at timestamptz,
  kind text not null check (kind in ('regression', 'excessive')),
  from_value bigint not null,
  to_value bigint not null,
  delta bigint not null,
  limit_value bigint not null,
  state text not null default 'open' check (state in ('open', 'cleared', 'accepted', 'rejected')),
  denomination_minor bigint not null,
  par_hold_pct text,
  game_day text not null,
  primary key (org_id, hall_id, id)
);
create index casino_held_open on casino_held_deltas (org_id, hall_id, machine, code) where state = 'open';

-- Lines of the journal of game days: what a reading known late moved between days, or could not move.
create table casino_adjustments (
  org_id uuid not null,
  hall_id uuid not null,
  id bigint not null,
  machine text not null,
  written_at timestamptz not null,
  game_day text not null,
  code text not null,
  change bigint not null,
  kind text not null check (kind in ('restated', 'late')),
  fact_id bigint not null,
  primary key (org_id, hall_id, id)
);

create table casino_closed_days (
  org_id uuid not null,
  hall_id uuid not null,
  game_day text not null,
  state text not null check (state in ('closed', 'closed_with_variance')),
  closed_at timestamptz not null,
  fact_id bigint not null,
  primary key (org_id, hall_id, game_day)
);

create table casino_players (
  org_id uuid not null,
  hall_id uuid not null,
  player text not null,
  primary key (org_id, hall_id, player)
);

create table casino_sessions (
  org_id uuid not null,
  hall_id uuid not null,
  id bigint not null,
  machine text not null,
  player text not null,
  from_at timestamptz not null,
  to_at timestamptz,
  closed_by text,
  -- Of the newest game in it; the idle timer runs from here.
  last_game_at timestamptz,
  primary key (org_id, hall_id, id)
);
create index casino_sessions_machine on casino_sessions (org_id, hall_id, machine, from_at);
create index casino_sessions_player on casino_sessions (org_id, hall_id, player, from_at);
create unique index casino_sessions_open on casino_sessions (org_id, hall_id, machine) where to_at is null;

create table casino_entries (
  org_id uuid not null,
  hall_id uuid not null,
  id bigint not null,
  type text not null,
  at timestamptz not null,
  fact_id bigint not null,
  primary key (org_id, hall_id, id)
);
create table casino_legs (
  org_id uuid not null,
  hall_id uuid not null,
  entry_id bigint not null,
  account text not null,
  -- Positive is debit.
  amount_minor bigint not null check (amount_minor <> 0),
  primary key (org_id, hall_id, entry_id, account),
  foreign key (org_id, hall_id, entry_id) references casino_entries on delete cascade
);
create table casino_balances (
  org_id uuid not null,
  hall_id uuid not null,
  account text not null,
  amount_minor bigint not null,
  primary key (org_id, hall_id, account)
);

create function casino_entry_balances() returns trigger language plpgsql as $$
declare
  total bigint;
begin
  select sum(amount_minor) into total from casino_legs
    where org_id = new.org_id and hall_id = new.hall_id and entry_id = new.entry_id;
  if total <> 0 then
    raise exception 'ledger entry % does not balance: %', new.entry_id, total using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger casino_entry_balances after insert or update on casino_legs
  deferrable initially deferred for each row execute function casino_entry_balances();

create table casino_desks (
  org_id uuid not null,
  hall_id uuid not null,
  desk text not null,
  primary key (org_id, hall_id, desk)
);

create table casino_shifts (
  org_id uuid not null,
  hall_id uuid not null,
  id bigint not null,
  desk text not null,
  cashier text not null,
  state text not null check (state in ('open', 'counted', 'closed')),
  opened_at timestamptz not null,
  closed_at timestamptz,
  opening_minor bigint not null,
  expected_minor bigint,
  counted_minor bigint,
  reason text,
  approved_by text,
  primary key (org_id, hall_id, id)
);
create index casino_shifts_desk on casino_shifts (org_id, hall_id, desk, id);

create table casino_transfers (
  org_id uuid not null,
  hall_id uuid not null,
  id bigint not null,
  key text not null,
  ref text,
  kind text not null check (kind in ('cashable', 'restricted', 'nonrestricted')),
  direction text not null check (direction in ('toMachine', 'toHost')),
  desk text not null,
  machine text not null,
  player text,
  amount_minor bigint not null,
  allow_partial boolean not null,
  requested_by text not null,
  requested_at timestamptz not null,
  requested_day text not null,
  answer_status text not null,
  answer_code text,
  state text not null check (state in ('waiting_approval', 'sent', 'pending', 'unknown', 'completed', 'partial',
                                       'not_applied', 'failed', 'refunded')),
  initiations integer not null default 0,
  sent_at timestamptz,
  sent_fact bigint,
  -- What the machine's meter of such transfers stood at before sending.
  meter_before bigint,
  is_unknown_to_machine boolean not null default false,
  is_absent_from_history boolean not null default false,
  is_meter_unchanged boolean not null default false,
  applied_minor bigint not null default 0,
  returned_minor bigint not null default 0,
  final_at timestamptz,
  final_day text,
  decision text check (decision in ('applied', 'notApplied')),
  corrected boolean not null default false,
  primary key (org_id, hall_id, id),
  unique (org_id, hall_id, key)
);
create index casino_transfers_machine on casino_transfers (org_id, hall_id, machine, final_day);
create unique index casino_transfers_open on casino_transfers (org_id, hall_id, machine)
  where state in ('sent', 'pending', 'unknown');

-- Each step of a transfer, as it was learnt.
create table casino_transfer_steps (
  org_id uuid not null,
  hall_id uuid not null,
  id bigint not null,
  transfer_id bigint not null,
  at timestamptz not null,
  state text not null,
  cause text not null,
  primary key (org_id, hall_id, id)
);

create table casino_handpays (
  org_id uuid not null,
  hall_id uuid not null,
  id bigint not null,
  machine text not null,
  locked_at timestamptz not null,
  locked_day text not null,
  kind text check (kind in ('cancelledCredit', 'nonProgressive', 'progressive')),
  amount_minor bigint not null default 0,
  partial_minor bigint not null default 0,
  due_minor bigint not null default 0,
  slip integer,
  paid_minor bigint not null default 0,
  signatures smallint not null default 0,
  desk text,
  paid_by text,
  approved_by text,
  paid_at timestamptz,
  reset_at timestamptz,
  primary key (org_id, hall_id, id)
);
create index casino_handpays_machine on casino_handpays (org_id, hall_id, machine, id);

create table casino_stackers (
  org_id uuid not null,
  hall_id uuid not null,
  id bigint not null,
  machine text not null,
  removed_at timestamptz not null,
  -- Notes by meter code since the last removal, and all of them up to this one.
  metered jsonb not null,
  metered_ever jsonb not null,
  counted_at timestamptz,
  -- Notes by value in minor units.
  counted jsonb,
  counted_by text,
  approved_by text,
  primary key (org_id, hall_id, id)
);

-- Values are exact: 10^-7 of a minor unit, since a rate has at most five decimals.
create table casino_pools (
  org_id uuid not null,
  hall_id uuid not null,
  pool text not null,
  start_minor bigint not null,
  rate_pct text not null,
  hit_at_minor bigint[] not null,
  machines text[] not null,
  hits integer not null default 0,
  value_e7 numeric not null,
  primary key (org_id, hall_id, pool)
);
create table casino_contributions (
  org_id uuid not null,
  hall_id uuid not null,
  id bigint not null,
  pool text not null,
  machine text not null,
  at timestamptz not null,
  coin_in_minor bigint not null,
  contribution_e7 numeric not null,
  value_e7 numeric not null,
  award_minor bigint,
  primary key (org_id, hall_id, id)
);

create table casino_alerts (
  org_id uuid not null,
  hall_id uuid not null,
  id bigint not null,
  code text not null,
  subject text not null,
  severity text not null check (severity in ('info', 'warning', 'high', 'critical')),
  opened_at timestamptz not null,
  cleared_at timestamptz,
  count integer not null default 1,
  primary key (org_id, hall_id, id)
);
create unique index casino_alerts_open on casino_alerts (org_id, hall_id, code, subject) where cleared_at is null;

create table casino_orders (
  org_id uuid not null,
  hall_id uuid not null,
  fact_id bigint primary key,
  agent text not null,
  order_name text not null,
  result text not null check (result in ('executed', 'refused')),
  code text
);

-- What one person asked for and another has to approve: good for that alone, once, for ten minutes.
create table casino_approvals (
  org_id uuid not null,
  hall_id uuid not null references casino_halls on delete cascade,
  id uuid primary key,
  digest text not null,
  act jsonb not null,
  requested_by uuid not null,
  requested_at timestamptz not null,
  approved_by uuid,
  used_at timestamptz,
  check (approved_by is null or approved_by <> requested_by)
);
create index casino_approvals_open on casino_approvals (org_id, hall_id, digest) where used_at is null;

-- Truth and what must never be changed but by a further entry.
call casino_isolate('casino_facts', 'select, insert');
call casino_isolate('casino_answers', 'select, insert');
call casino_isolate('casino_readings', 'select, insert');
call casino_isolate('casino_entries', 'select, insert');
call casino_isolate('casino_legs', 'select, insert');
call casino_isolate('casino_adjustments', 'select, insert');
call casino_isolate('casino_closed_days', 'select, insert');
call casino_isolate('casino_transfer_steps', 'select, insert');
call casino_isolate('casino_contributions', 'select, insert');
call casino_isolate('casino_orders', 'select, insert');
call casino_isolate('casino_players', 'select, insert');
call casino_isolate('casino_desks', 'select, insert');
-- What moves on.
call casino_isolate('casino_halls', 'select, insert, update');
call casino_isolate('casino_approvals', 'select, insert, update');
call casino_isolate('casino_settings', 'select, insert, update');
call casino_isolate('casino_agents', 'select, insert, update');
call casino_isolate('casino_machines', 'select, insert, update');
call casino_isolate('casino_things', 'select, insert, update');
call casino_isolate('casino_epochs', 'select, insert, update');
call casino_isolate('casino_rows', 'select, insert, update, delete');
call casino_isolate('casino_held_deltas', 'select, insert, update');
call casino_isolate('casino_sessions', 'select, insert, update');
call casino_isolate('casino_balances', 'select, insert, update');
call casino_isolate('casino_shifts', 'select, insert, update');
call casino_isolate('casino_transfers', 'select, insert, update');
call casino_isolate('casino_handpays', 'select, insert, update');
call casino_isolate('casino_stackers', 'select, insert, update');
call casino_isolate('casino_pools', 'select, insert, update');
call casino_isolate('casino_alerts', 'select, insert, update');

drop procedure casino_isolate;
