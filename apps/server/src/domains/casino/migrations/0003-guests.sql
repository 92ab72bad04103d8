-- Cards of guests. They are personal data: kept beside the journal, not in it, so that they can be changed and erased.
create table casino_guest_labels (
  org_id uuid not null,
  hall_id uuid not null references casino_halls on delete cascade,
  id uuid primary key,
  kind text not null check (kind in ('status', 'group')),
  name text not null,
  colour text not null,
  letter text not null,
  service text not null,
  place int not null,
  archived boolean not null,
  unique (org_id, hall_id, kind, name)
);

create table casino_guest_cards (
  org_id uuid not null,
  hall_id uuid not null references casino_halls on delete cascade,
  player text not null,
  company text,
  phone text,
  -- A calendar day, as game days are.
  born text check (born ~ '^\d{4}-\d\d-\d\d$'),
  status_id uuid references casino_guest_labels,
  group_id uuid references casino_guest_labels,
  note text,
  excluded boolean not null,
  -- A JPEG.
  photo bytea,
  photo_at timestamptz,
  primary key (org_id, hall_id, player),
  check ((photo is null) = (photo_at is null))
);
create index casino_guest_cards_status on casino_guest_cards (status_id);
create index casino_guest_cards_group on casino_guest_cards (group_id);

alter table casino_guest_labels enable row level security;
alter table casino_guest_labels force row level security;
create policy tenant on casino_guest_labels to vakhta_app
  using (org_id = current_organisation()) with check (org_id = current_organisation());
create policy every_organisation on casino_guest_labels to vakhta_system using (true) with check (true);
grant select, insert, update on casino_guest_labels to vakhta_app;
grant select, insert, update, delete on casino_guest_labels to vakhta_system;

alter table casino_guest_cards enable row level security;
alter table casino_guest_cards force row level security;
create policy tenant on casino_guest_cards to vakhta_app
  using (org_id = current_organisation()) with check (org_id = current_organisation());
create policy every_organisation on casino_guest_cards to vakhta_system using (true) with check (true);
grant select, insert, update on casino_guest_cards to vakhta_app;
grant select, insert, update, delete on casino_guest_cards to vakhta_system;
