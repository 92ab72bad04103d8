import type { OrganisationId } from '@vakhta/kernel';
import { sql } from 'kysely';
import { openHall, recordFact } from '../../apps/server/src/domains/casino/facts/journal.ts';
import type { Database } from '../../apps/server/src/platform/postgres/database.ts';

export interface HallLoad {
  database: Database;
  organisation: OrganisationId;
  /** A site of the organisation. */
  hall: string;
  machines: number;
  readings: number;
  /** When the last reading was. */
  to: Date;
}

export interface LoadedHall {
  machines: string[];
  players: string[];
  from: Date;
}

export const ZONE = 'Europe/Minsk';
const DAY_START = '06:00';
const CHUNK = 1_000_000;
const PLAYERS = 200;
/** Of three hours a machine is played one; a reading a minute, day and night. */
const CYCLE = 180;
const PLAYED = 60;
const TABLES = ['casino_facts', 'casino_readings', 'casino_rows'];

/**
 * Fills a hall by SQL with what its machines would have told: a reading a minute of each machine, a third of them with
 * play since the one before, a session and a bill for each hour of play, and days closed up to the last but one. The
 * entries of the ledger that meters make are left out: no report reads them.
 */
export async function loadHall(load: HallLoad): Promise<LoadedHall> {
  const { database, machines: count, readings, to } = load;
  const each = Math.ceil(readings / count);
  const from = new Date(to.getTime() - each * 60_000);
  const machines = Array.from({ length: count }, (_, index) => `M${String(index).padStart(3, '0')}`);
  const players = Array.from({ length: PLAYERS }, (_, index) => `P${String(index).padStart(3, '0')}`);
  await setUp(load, { machines, players, from });

  const indexes = await dropIndexes(database);
  const first = await nextFact(database);
  for (let done = 0; done < readings; done += CHUNK) {
    const last = Math.min(readings, done + CHUNK);
    await database.owner(async (tx) => {
      await sql`set local session_replication_role = replica`.execute(tx);
      await sql`create temp table told on commit drop as ${told(load, { first, from, after: done, last })}`.execute(
        tx,
      );
      for (const statement of inserts(load)) await statement.execute(tx);
    });
    console.log(`${last} readings loaded`);
  }
  await database.owner(async (tx) => {
    await sql`set local maintenance_work_mem = '1GB'`.execute(tx);
    for (const definition of indexes) await sql.raw(definition).execute(tx);
  });
  console.log(`${indexes.length} indexes built`);
  await finish(load, { first, each, from });
  await database.pool.query(
    `vacuum analyze ${[...TABLES, 'casino_day_moves', 'casino_span_moves', 'casino_sessions', 'casino_closed_days'].join(', ')}`,
  );
  return { machines, players, from };
}

/** As people would: the hall, its machines, its players, and a first reading of each machine. */
async function setUp(
  { database, organisation, hall }: HallLoad,
  { machines, players, from }: { machines: string[]; players: string[]; from: Date },
): Promise<void> {
  await database.tenant(organisation, async (tx) => {
    const ref = { tx, organisation, hall };
    const received = { at: from, now: from };
    await openHall(ref, from);
    await recordFact(
      ref,
      {
        kind: 'hall.set',
        timeZone: ZONE,
        gameDayStart: DAY_START,
        currency: 'BYN',
        minorDigits: 2,
        policy: {},
      },
      received,
    );
    for (const machine of machines) {
      await recordFact(
        ref,
        {
          kind: 'machine.added',
          machine,
          agent: 'loaded',
          serial: `SN-${machine}`,
          denominationMinor: 5,
          meterDigits: 10,
          maxBetCredits: 100,
          maxWinCredits: 50_000,
          parHoldPct: '8.000',
        },
        received,
      );
      await recordFact(
        ref,
        { kind: 'reading', machine, meters: { '00': 0, '01': 0, '05': 0, '0B': 0, '0C': 1000, '24': 0 } },
        received,
      );
    }
    for (const player of players) await recordFact(ref, { kind: 'player.added', player }, received);
  });
}

/** The n-th reading of all: whose it is, when, and how many minutes of play and hours with a bill are behind it. */
const told = (
  { machines }: HallLoad,
  { first, from, after, last }: { first: number; from: Date; after: number; last: number },
) => sql`
  select n + ${first}::bigint - 1 as fact_id,
         'M' || lpad(((n - 1) % ${machines}::integer)::text, 3, '0') as machine,
         ${from}::timestamptz + make_interval(mins => k::integer, secs => (n - 1) % ${machines}::integer * 0.5) as at,
         j, j / ${CYCLE}::bigint * ${PLAYED}::bigint + least(j % ${CYCLE}::bigint, ${PLAYED}::bigint) as played,
         (j + ${CYCLE}::bigint - 1) / ${CYCLE}::bigint as bills
  from (
    select n, k, k + ${PLAYED}::bigint * ((n - 1) % ${machines}::integer % 3) as j
    from (select n, (n - 1) / ${machines}::integer + 1 as k
          from generate_series(${after + 1}::bigint, ${last}::bigint) n) counted) placed`;

const gameDay = sql`to_char((at at time zone ${ZONE}) - interval '6 hours', 'YYYY-MM-DD')`;
const meters = sql`jsonb_build_object('00', played * 500, '01', played * 460, '05', played * 8,
  '0B', bills * 2000, '0C', 1000 + played % 37, '24', bills * 2000)`;
const isPlay = sql`j % ${CYCLE}::bigint between 1 and ${PLAYED}::bigint`;
const isBill = sql`j % ${CYCLE}::bigint = 1`;

const inserts = ({ organisation, hall }: HallLoad) => [
  sql`insert into casino_facts (org_id, id, hall_id, kind, machine, at, received_at, data)
      overriding system value
      select ${organisation}::uuid, fact_id, ${hall}::uuid, 'reading', machine, at, at,
             jsonb_build_object('kind', 'reading', 'machine', machine, 'meters', ${meters}) from told`,
  sql`insert into casino_readings (org_id, hall_id, fact_id, machine, at, meters)
      select ${organisation}::uuid, ${hall}::uuid, fact_id, machine, at, ${meters} from told`,
  sql`insert into casino_rows (org_id, hall_id, id, machine, epoch, code, at, from_at, from_value, to_value, delta, kind,
        amount_minor, denomination_minor, par_hold_pct, game_day, late, unsplit, fact_id)
      select ${organisation}::uuid, ${hall}::uuid, fact_id * 8 + row.number, machine, 1, row.code, at, at - interval '1 minute',
             row.value - row.delta, row.value, row.delta, 'normal', row.amount, 5, '8.000', ${gameDay}, false, false, fact_id
      from told cross join lateral (values
        (0, '00', played * 500, 500, 2500, ${isPlay}), (1, '01', played * 460, 460, 2300, ${isPlay}),
        (2, '05', played * 8, 8, null, ${isPlay}), (3, '0B', bills * 2000, 2000, 10000, ${isBill}),
        (4, '24', bills * 2000, 2000, 10000, ${isBill})
      ) row (number, code, value, delta, amount, moved)
      where row.moved`,
  sql`insert into casino_sessions (org_id, hall_id, id, machine, player, from_at, to_at, closed_by, last_game_at)
      select ${organisation}::uuid, ${hall}::uuid, fact_id, machine, 'P' || lpad((fact_id % ${PLAYERS}::integer)::text, 3, '0'),
             at - interval '1 minute', at + interval '59 minutes', 'desk', at + interval '59 minutes'
      from told where ${isBill}`,
];

/** The machines stand at their last readings, days but the last two are closed, and the next fact has the next number. */
async function finish(
  { database, organisation, hall, readings, to }: HallLoad,
  { first, each, from }: { first: number; each: number; from: Date },
): Promise<void> {
  await database.owner(async (tx) => {
    await sql`
      update casino_machines m set last_reading_at = last.at, meters = (
        select jsonb_object_agg(code, jsonb_set(m.meters -> code, '{base}', last.meters -> code))
        from jsonb_object_keys(m.meters) code)
      from (select distinct on (machine) machine, at, meters from casino_readings
            where org_id = ${organisation} and hall_id = ${hall} order by machine, at desc, fact_id desc) last
      where m.org_id = ${organisation} and m.hall_id = ${hall} and m.machine = last.machine`.execute(tx);
    await sql`
      insert into casino_day_moves
      select org_id, hall_id, game_day, machine, code, coalesce(par_hold_pct, ''), sum(delta), coalesce(sum(amount_minor), 0), count(*), 0, 0
      from casino_rows group by 1, 2, 3, 4, 5, 6`.execute(tx);
    // Else every row of a machine is compared with every session of it.
    await sql`analyze casino_rows, casino_sessions`.execute(tx);
    await sql`
      insert into casino_span_moves
      select r.org_id, r.hall_id, r.machine, s.from_at, r.code, coalesce(r.par_hold_pct, ''), sum(r.delta),
             coalesce(sum(r.amount_minor), 0), count(*)
      from casino_sessions s
      cross join unnest(array['00', '01', '05', '0B', '24']) moved (code)
      join casino_rows r on r.org_id = s.org_id and r.hall_id = s.hall_id and r.machine = s.machine and r.code = moved.code
        and r.at > s.from_at and r.at <= s.to_at
      group by 1, 2, 3, 4, 5, 6`.execute(tx);
    await sql`
      with days as (
        select to_char(day, 'YYYY-MM-DD') as game_day, day + interval '34 hours' as closed_at,
               ${first + readings}::bigint + row_number() over (order by day) as fact_id
        from generate_series(${from}::date, ${to}::date - 2, interval '1 day') day
      ), facts as (
        insert into casino_facts (org_id, id, hall_id, kind, at, received_at, data) overriding system value
        select ${organisation}::uuid, fact_id, ${hall}::uuid, 'gameDay.close', closed_at, closed_at,
               jsonb_build_object('kind', 'gameDay.close', 'date', game_day, 'by', gen_random_uuid(), 'approvedBy', gen_random_uuid())
        from days
      )
      insert into casino_closed_days (org_id, hall_id, game_day, state, closed_at, fact_id, rows, coin_in_minor, won_minor, rows_hash)
      select ${organisation}::uuid, ${hall}::uuid, d.game_day, 'closed', d.closed_at, d.fact_id, c.*
      from days d cross join lateral casino_certify(${organisation}::uuid, ${hall}::uuid, d.game_day) c`.execute(
      tx,
    );
    await sql`update casino_halls set clock = ${to} where hall_id = ${hall}`.execute(tx);
    await sql`select setval(pg_get_serial_sequence('casino_facts', 'id'), (select max(id) from casino_facts))`.execute(
      tx,
    );
  });
  console.log(`${each} readings of each machine since ${from.toISOString()}`);
}

async function nextFact(database: Database): Promise<number> {
  const { rows } = await database.pool.query<{ next: string }>(
    'select coalesce(max(id), 0) + 1 as next from casino_facts',
  );
  return Number(rows[0]!.next);
}

/** Takes the indexes away that no constraint needs; returns what makes them again. */
async function dropIndexes(database: Database): Promise<string[]> {
  return database.owner(async (tx) => {
    const { rows } = await sql<{ name: string; definition: string }>`
      select i.relname as name, pg_get_indexdef(i.oid) as definition
      from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
      where t.relname = any(${TABLES}) and not exists (select from pg_constraint c where c.conindid = i.oid)`.execute(
      tx,
    );
    for (const { name } of rows) await sql`drop index ${sql.ref(name)}`.execute(tx);
    return rows.map(({ definition }) => definition);
  });
}
