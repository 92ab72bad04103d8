-- How far each hall's books are copied into a database of the customer's own. Not part of the books.
create table casino_mirrors (
  org_id uuid not null,
  hall_id uuid primary key references casino_halls on delete cascade,
  state text not null check (state in ('connecting', 'copying', 'level', 'waiting')),
  -- All rows up to here are committed there; null: not known yet.
  position bigint,
  rows_behind bigint not null,
  behind_since timestamptz,
  -- Why it waits.
  error text,
  told_at timestamptz not null
);

alter table casino_mirrors enable row level security;
alter table casino_mirrors force row level security;
create policy tenant on casino_mirrors to vakhta_app
  using (org_id = current_organisation()) with check (org_id = current_organisation());
create policy every_organisation on casino_mirrors to vakhta_system using (true) with check (true);
grant select, insert, update, delete on casino_mirrors to vakhta_app;
grant select, insert, update, delete on casino_mirrors to vakhta_system;

-- What a fact posted is looked up fact by fact.
create index casino_entries_fact on casino_entries (org_id, hall_id, fact_id);
