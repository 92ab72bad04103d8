-- What makes the past quick to see. All of it is derived from the log and can be derived anew.

-- Everything an organisation observed between two instants: what has to be added to a checkpoint.
create index log_org_at on log (org_id, at) where kind in ('property', 'presence');

-- Figures by the bucket: what a chart of a month is drawn from. A thing may go, its log stays, and so does this.
create table property_rollups (
  org_id uuid not null,
  thing_id uuid not null,
  name text not null,
  -- Seconds.
  width integer not null,
  start timestamptz not null,
  -- Figures observed; the sum is exact, so that the order of adding does not show in it.
  count integer not null,
  min numeric,
  max numeric,
  sum numeric,
  -- The latest observation of all, null where it could not be known.
  last jsonb not null,
  last_at timestamptz not null,
  last_id bigint not null,
  primary key (thing_id, name, width, start)
) with (fillfactor = 85);

-- The instants at which the whole state was written down; how many states that were.
create table state_checkpoints (
  org_id uuid not null,
  at timestamptz not null,
  states integer not null,
  primary key (org_id, at)
);

-- What the log says each thing was at the instant of a checkpoint.
create table checkpoint_states (
  org_id uuid not null,
  at timestamptz not null,
  thing_id uuid not null,
  -- [what was said, milliseconds since the epoch]; null where nothing was said.
  presence jsonb,
  -- Property by property: { name: [value, milliseconds since the epoch] }.
  states jsonb not null,
  -- A fact from before the checkpoint came after it was made: to be derived anew.
  stale boolean not null default false,
  primary key (org_id, at, thing_id),
  foreign key (org_id, at) references state_checkpoints on delete cascade
);
create index checkpoint_states_stale on checkpoint_states (org_id, at) where stale;

do $$
declare
  target text;
begin
  foreach target in array array['property_rollups', 'state_checkpoints', 'checkpoint_states'] loop
    execute format('alter table %I enable row level security', target);
    execute format('alter table %I force row level security', target);
    execute format(
      'create policy tenant on %I to vakhta_app using (org_id = current_organisation()) with check (org_id = current_organisation())',
      target);
    execute format('create policy every_organisation on %I to vakhta_system using (true) with check (true)', target);
    execute format('grant select, insert, update, delete on %I to vakhta_app', target);
    execute format('grant select on %I to vakhta_system', target);
  end loop;
end $$;

-- What is in the log already is rolled up by the job that lets projections catch up.
do $$
declare
  organisation uuid;
begin
  perform set_config('role', 'vakhta_system', true);
  foreach organisation in array array(select org_id from organisations) loop
    perform set_config('role', 'vakhta_app', true), set_config('vakhta.organisation', organisation::text, true);
    insert into projection_failures (org_id, projection, behind_from, error, failed_at)
    values (organisation, 'property-rollups', 0, 'not rolled up yet', now())
    on conflict do nothing;
  end loop;
  perform set_config('role', 'none', true);
end $$;
