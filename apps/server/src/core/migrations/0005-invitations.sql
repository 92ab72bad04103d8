-- Who is asked to join. The row is the mail's outbox too, and gone once it was taken up or withdrawn: the address is kept
-- no longer than it is of use. The link is computed from the id with the server's secret, so that no table holds it.
create table invitations (
  id uuid primary key,
  org_id uuid not null references organisations on delete cascade,
  email text not null check (email <> ''),
  roles text[] not null check (roles <@ array['owner', 'manager', 'operator', 'viewer'] and cardinality(roles) > 0),
  language text not null check (language in ('en', 'ru')),
  invited_by uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  -- Null where this server sends no mail.
  mail_due_at timestamptz,
  mail_attempts integer not null default 0,
  mailed_at timestamptz,
  mail_error text,
  unique (org_id, email)
);
create index invitations_due on invitations (mail_due_at) where mailed_at is null;

alter table invitations enable row level security;
alter table invitations force row level security;
create policy tenant on invitations to vakhta_app
  using (org_id = current_organisation()) with check (org_id = current_organisation());
create policy every_organisation on invitations to vakhta_system using (true) with check (true);
grant select, insert, update, delete on invitations to vakhta_app;
-- Of whoever holds a link nobody knows yet which organisation it is of; mails are sent for all.
grant select, update, delete on invitations to vakhta_system;
