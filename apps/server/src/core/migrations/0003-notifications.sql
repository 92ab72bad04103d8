-- How people are told: what each wants, where else it is sent, and the outbox of what is on its way.

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

-- A member without a row has what their roles give.
create table notification_preferences (
  org_id uuid not null references organisations on delete cascade,
  member_id uuid primary key references members on delete cascade,
  settings jsonb not null
);

create table webhooks (
  id uuid primary key,
  org_id uuid not null references organisations on delete cascade,
  name text not null check (name <> ''),
  url text not null,
  -- Signs what is sent; it must be known in the clear to do so. Shown once.
  secret text not null,
  minimum text not null check (minimum in ('notice', 'warning', 'critical')),
  enabled boolean not null,
  created_at timestamptz not null default now(),
  unique (org_id, name)
);

-- The outbox. A row is written with the step it tells of; one delivery carries one row, or for mail several.
create table notifications (
  id uuid primary key,
  org_id uuid not null references organisations on delete cascade,
  alert_id uuid not null references alerts on delete cascade,
  step text not null check (step in ('opened', 'escalated', 'cleared')),
  -- Of the alert at this step.
  level integer not null,
  severity text not null,
  at timestamptz not null,
  -- By mail to a member, or to a webhook.
  member_id uuid references members on delete cascade,
  webhook_id uuid references webhooks on delete cascade,
  state text not null default 'waiting' check (state in ('waiting', 'sending', 'sent', 'failed')),
  -- When to try next.
  due_at timestamptz not null,
  -- What it travels as: the same at each try, so that a receiver can tell a repeat.
  delivery_id uuid,
  attempts integer not null default 0,
  error text,
  sent_at timestamptz,
  check (num_nonnulls(member_id, webhook_id) = 1),
  unique nulls not distinct (alert_id, step, level, member_id, webhook_id)
);
create index notifications_due on notifications (due_at) where state in ('waiting', 'sending');
create index notifications_member on notifications (member_id, sent_at);
create index notifications_webhook on notifications (webhook_id, sent_at);

call isolate('notification_preferences', 'select, insert, update', 'select');
call isolate('webhooks', 'select, insert, update, delete', 'select');
call isolate('notifications', 'select', 'select, insert, update');

drop procedure isolate;
