-- What was not understood, and what of it somebody has looked at, among millions of readings.
create index casino_facts_not_understood on casino_facts (org_id, hall_id, id)
  where kind in ('notUnderstood', 'notUnderstood.setAside');
