-- Somebody said 'I am on it'. An alert that grows worse is nobody's again.
alter table casino_alerts
  add column acknowledged_at timestamptz,
  add column acknowledged_by text,
  add column note text,
  add check ((acknowledged_at is null) = (acknowledged_by is null));
