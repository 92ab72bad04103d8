-- What lets old months of the log go without anything derived from them being lost.

-- Which kinds of which month are gone. Of the whole server: a month holds every organisation's observations.
create table log_seals (
  month timestamptz not null,
  kind text not null,
  -- The month's end: of this kind the log is whole from here on.
  until timestamptz not null,
  -- Observations that were in it; how many of them stay, since what is later builds on them.
  observations bigint not null,
  carried bigint not null,
  -- SHA-256 over all of them.
  hash text not null,
  sealed_at timestamptz not null,
  primary key (month, kind)
);
alter table log_seals enable row level security;
alter table log_seals force row level security;
create policy everybody on log_seals for select to vakhta_app, vakhta_system using (true);
create policy owner on log_seals to current_user using (true) with check (true);
grant select on log_seals to vakhta_app, vakhta_system;

-- Up to which entry of the log a projection's rows were written down, to be rebuilt from there.
create table projection_checkpoints (
  org_id uuid not null references organisations on delete cascade,
  projection text not null,
  -- The id of the last entry they come from.
  through bigint not null,
  -- SHA-256 over the rows.
  hash text not null,
  made_at timestamptz not null,
  primary key (org_id, projection)
);
create table projection_checkpoint_rows (
  number bigint generated always as identity primary key,
  org_id uuid not null,
  projection text not null,
  table_name text not null,
  row jsonb not null,
  foreign key (org_id, projection) references projection_checkpoints on delete cascade
);
create index projection_checkpoint_rows_projection on projection_checkpoint_rows (org_id, projection);

do $$
declare
  target text;
begin
  foreach target in array array['projection_checkpoints', 'projection_checkpoint_rows'] loop
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
