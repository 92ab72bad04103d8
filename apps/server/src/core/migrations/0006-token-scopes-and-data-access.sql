-- What a token may do at most; null: whatever its member's roles give.
alter table api_tokens add column permissions text[] check (cardinality(permissions) > 0);

-- Who looked at data of people, by the hour. Kept apart from the audit: it ends after half a year, the chain does not.
create table data_access (
  org_id uuid not null references organisations on delete cascade,
  -- As in the audit no foreign key: what somebody saw does not go with them.
  member_id uuid not null,
  what text not null check (what in ('members', 'invitations', 'audit')),
  via text not null check (via in ('session', 'token')),
  hour timestamptz not null,
  last_at timestamptz not null,
  times integer not null default 1,
  primary key (org_id, hour, member_id, what, via)
);

alter table data_access enable row level security;
alter table data_access force row level security;
create policy tenant on data_access to vakhta_app
  using (org_id = current_organisation()) with check (org_id = current_organisation());
create policy every_organisation on data_access to vakhta_system using (true) with check (true);
grant select, insert, update on data_access to vakhta_app;
grant select, delete on data_access to vakhta_system;
