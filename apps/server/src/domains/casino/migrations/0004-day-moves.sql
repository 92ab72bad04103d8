-- What each meter moved in each game day, kept beside the rows it sums: a month of a floor is then read in milliseconds.
create table casino_day_moves (
  org_id uuid not null,
  hall_id uuid not null,
  game_day text not null,
  machine text not null,
  code text not null,
  -- '' where a bet had none.
  par_hold_pct text not null,
  delta bigint not null,
  amount_minor bigint not null,
  -- How many rows it sums, and how many of them came late or lie across the day's boundary.
  rows bigint not null,
  late bigint not null,
  unsplit bigint not null,
  primary key (org_id, hall_id, game_day, machine, code, par_hold_pct)
);
create index casino_day_moves_machine on casino_day_moves (org_id, hall_id, machine, code, game_day);

-- The owner reads what is there already, whether it is a superuser or not; at the end all is forced again.
alter table casino_rows no force row level security;
alter table casino_closed_days no force row level security;
alter table casino_day_moves enable row level security;
create policy tenant on casino_day_moves to vakhta_app
  using (org_id = current_organisation()) with check (org_id = current_organisation());
create policy every_organisation on casino_day_moves to vakhta_system using (true) with check (true);
grant select, insert, update, delete on casino_day_moves to vakhta_app;
grant select, insert, update, delete on casino_day_moves to vakhta_system;

-- Counts a row in (sign 1) or out again (sign -1).
create function casino_count_row(r casino_rows, sign integer) returns void
  language plpgsql as $$
begin
  insert into casino_day_moves as d
    values (r.org_id, r.hall_id, r.game_day, r.machine, r.code, coalesce(r.par_hold_pct, ''), sign * r.delta,
            sign * coalesce(r.amount_minor, 0), sign, sign * r.late::integer, sign * r.unsplit::integer)
  on conflict (org_id, hall_id, game_day, machine, code, par_hold_pct) do update set
    delta = d.delta + excluded.delta, amount_minor = d.amount_minor + excluded.amount_minor,
    rows = d.rows + excluded.rows, late = d.late + excluded.late, unsplit = d.unsplit + excluded.unsplit;
  if sign < 0 then
    delete from casino_day_moves d
    where d.org_id = r.org_id and d.hall_id = r.hall_id and d.game_day = r.game_day and d.machine = r.machine
      and d.code = r.code and d.rows = 0;
  end if;
end $$;

create function casino_count_rows() returns trigger
  language plpgsql as $$
begin
  if tg_op <> 'INSERT' then perform casino_count_row(old, -1); end if;
  if tg_op <> 'DELETE' then perform casino_count_row(new, 1); end if;
  return null;
end $$;
create trigger casino_rows_counted after insert or update or delete on casino_rows
  for each row execute function casino_count_rows();

insert into casino_day_moves
  select org_id, hall_id, game_day, machine, code, coalesce(par_hold_pct, ''), sum(delta), coalesce(sum(amount_minor), 0), count(*),
         count(*) filter (where late), count(*) filter (where unsplit)
  from casino_rows group by 1, 2, 3, 4, 5, 6;

-- Sessions and parts of days sum the rows of stretches: all they need stands in the index, side by side.
drop index casino_rows_machine;
create index casino_rows_machine on casino_rows (org_id, hall_id, machine, code, at)
  include (delta, amount_minor, par_hold_pct);

-- What a reader has to be told of, among millions of rows.
create index casino_rows_irregular on casino_rows (org_id, hall_id, game_day)
  where kind <> 'normal' or unsplit or late;

-- Which agents came and went, among millions of readings.
create index casino_facts_links on casino_facts (org_id, hall_id, at) where kind = 'link';

-- The certificate of a closed day: what its rows came to when it was closed, and their hash.
alter table casino_closed_days
  add column rows bigint,
  add column coin_in_minor bigint,
  add column won_minor bigint,
  add column rows_hash text;

create function casino_certify(org uuid, hall uuid, day text,
    out rows bigint, out coin_in_minor bigint, out won_minor bigint, out rows_hash text)
  language sql stable as $$
  select count(*), coalesce(sum(r.amount_minor) filter (where r.code = '00'), 0),
         coalesce(sum(r.amount_minor) filter (where r.code in ('01', '02')), 0),
         encode(sha256(convert_to(coalesce(string_agg(
           r.machine || ' ' || r.code || ' ' || extract(epoch from r.at) || ' ' || r.delta, E'\n'
           order by r.id), ''), 'UTF8')), 'hex')
  from casino_rows r where r.org_id = org and r.hall_id = hall and r.game_day = day
$$;

update casino_closed_days d
  set rows = c.rows, coin_in_minor = c.coin_in_minor, won_minor = c.won_minor, rows_hash = c.rows_hash
  from casino_closed_days o cross join lateral casino_certify(o.org_id, o.hall_id, o.game_day) c
  where d.org_id = o.org_id and d.hall_id = o.hall_id and d.game_day = o.game_day;
alter table casino_closed_days
  alter column rows set not null,
  alter column coin_in_minor set not null,
  alter column won_minor set not null,
  alter column rows_hash set not null;

alter table casino_rows force row level security;
alter table casino_closed_days force row level security;
alter table casino_day_moves force row level security;
