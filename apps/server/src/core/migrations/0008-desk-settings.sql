-- Settings of the whole desk that its operator changed while it ran; the environment, where it says something, wins.
create table desk_settings (
  -- By the name it has in the environment.
  name text primary key,
  -- As it would stand in the environment; what is secret is sealed by a key that is not in the database.
  value text not null check (value <> ''),
  changed_at timestamptz not null default now()
);
-- Of no organisation: requests, which run as vakhta_app, see nothing of it.
grant select, insert, update, delete on desk_settings to vakhta_system;
