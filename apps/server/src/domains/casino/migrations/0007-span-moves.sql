-- What each meter moved from one change of seats at a machine to the next, kept beside the rows it sums: a guest's session is one
-- such span, and so is the time in which nobody was seated. A month of sessions is then read without its millions of rows.
create table casino_span_moves (
  org_id uuid not null,
  hall_id uuid not null,
  machine text not null,
  -- When the span began; -infinity before anybody sat down.
  from_at timestamptz not null,
  code text not null,
  -- '' where a bet had none.
  par_hold_pct text not null,
  delta bigint not null,
  amount_minor bigint not null,
  -- How many rows it sums.
  rows bigint not null,
  primary key (org_id, hall_id, machine, from_at, code, par_hold_pct)
);

alter table casino_span_moves enable row level security;
create policy tenant on casino_span_moves to vakhta_app
  using (org_id = current_organisation()) with check (org_id = current_organisation());
create policy every_organisation on casino_span_moves to vakhta_system using (true) with check (true);
grant select, insert, update, delete on casino_span_moves to vakhta_app;
grant select, insert, update, delete on casino_span_moves to vakhta_system;

-- In which span an instant lies: a span holds from_at < at <= the next change of seats.
create function casino_span_of(org uuid, hall uuid, of_machine text, instant timestamptz) returns timestamptz
  language sql stable as $$
  select coalesce((
    select case when s.to_at < instant then s.to_at else s.from_at end from casino_sessions s
    where s.org_id = org and s.hall_id = hall and s.machine = of_machine and s.from_at < instant
    order by s.from_at desc, s.id desc limit 1), '-infinity')
$$;

-- Counts a row in (sign 1) or out again (sign -1).
create function casino_count_in_span(r casino_rows, sign integer) returns void
  language plpgsql as $$
declare
  span timestamptz := casino_span_of(r.org_id, r.hall_id, r.machine, r.at);
begin
  insert into casino_span_moves as m
    values (r.org_id, r.hall_id, r.machine, span, r.code, coalesce(r.par_hold_pct, ''), sign * r.delta,
            sign * coalesce(r.amount_minor, 0), sign)
  on conflict (org_id, hall_id, machine, from_at, code, par_hold_pct) do update set
    delta = m.delta + excluded.delta, amount_minor = m.amount_minor + excluded.amount_minor,
    rows = m.rows + excluded.rows;
  if sign < 0 then
    delete from casino_span_moves m
    where m.org_id = r.org_id and m.hall_id = r.hall_id and m.machine = r.machine and m.from_at = span
      and m.code = r.code and m.rows = 0;
  end if;
end $$;

create function casino_count_rows_in_spans() returns trigger
  language plpgsql as $$
begin
  if tg_op <> 'INSERT' then perform casino_count_in_span(old, -1); end if;
  if tg_op <> 'DELETE' then perform casino_count_in_span(new, 1); end if;
  return null;
end $$;
create trigger casino_rows_in_spans after insert or update or delete on casino_rows
  for each row execute function casino_count_rows_in_spans();

-- Somebody sat down or got up: what moved since then belongs to another span. That is little, for seats change now, or where a
-- guest who went without a word played his last game.
create function casino_count_spans_anew() returns trigger
  language plpgsql as $$
declare
  changed casino_sessions := coalesce(new, old);
  since timestamptz;
begin
  since := case
    when tg_op = 'UPDATE' and new.from_at = old.from_at then least(old.to_at, new.to_at)
    when tg_op = 'UPDATE' then least(old.from_at, new.from_at)
    else changed.from_at
  end;
  perform casino_count_in_span(r, case when tg_when = 'BEFORE' then -1 else 1 end)
    from casino_rows r
    where r.org_id = changed.org_id and r.hall_id = changed.hall_id and r.machine = changed.machine and r.at > since;
  return coalesce(new, old);
end $$;
create trigger casino_sessions_leave before insert or delete or update of from_at, to_at on casino_sessions
  for each row execute function casino_count_spans_anew();
create trigger casino_sessions_enter after insert or delete or update of from_at, to_at on casino_sessions
  for each row execute function casino_count_spans_anew();

-- The owner reads what is there already, whether it is a superuser or not; at the end all is forced again.
alter table casino_rows no force row level security;
alter table casino_sessions no force row level security;
insert into casino_span_moves
  select r.org_id, r.hall_id, r.machine, casino_span_of(r.org_id, r.hall_id, r.machine, r.at), r.code,
         coalesce(r.par_hold_pct, ''), sum(r.delta), coalesce(sum(r.amount_minor), 0), count(*)
  from casino_rows r group by 1, 2, 3, 4, 5, 6;
alter table casino_rows force row level security;
alter table casino_sessions force row level security;
alter table casino_span_moves force row level security;
