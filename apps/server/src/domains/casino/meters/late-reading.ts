import { type Selectable, sql } from 'kysely';
import type { CasinoEpochs, CasinoRows } from '../../../platform/postgres/schema.ts';
import { isClosed, writeAdjustment } from '../game-days/days.ts';
import { gameDayOf } from '../game-days/game-day.ts';
import { type Hall, keyOf, nextId } from '../hall/hall.ts';
import type { Machine } from '../hall/machine.ts';
import { checkAmlOfMachine } from '../sessions/aml.ts';
import { noteGame } from '../sessions/sessions.ts';
import { applyFinding } from './apply-finding.ts';
import { addToBaseline } from './epochs.ts';
import { hold } from './held.ts';
import { judgeReading } from './judge-reading.ts';
import { amountOf, limitOf, modulusOf, unitOf } from './meter-codes.ts';
import type { TakenReading } from './readings.ts';
import { isLateAt, isUnsplit } from './rows.ts';

type Row = Selectable<CasinoRows>;
type Epoch = Selectable<CasinoEpochs>;

/**
 * A reading older than the newest: it says when a part of a known delta was played. Sums never change; what does not
 * lie between the accepted values around it is held.
 */
export async function applyLateReading(hall: Hall, machine: Machine, reading: TakenReading): Promise<void> {
  if (machine.state !== 'live') return;
  const epoch = await epochAt(hall, machine, reading.at);
  const fromAt = await readingBefore(hall, machine, reading.at);
  const codes = Object.keys(reading.values)
    .filter((code) => unitOf(code) !== 'gauge')
    .sort();
  for (const code of codes)
    await place(hall, machine, { epoch, fromAt, code, at: reading.at, value: reading.values[code]! });
}

interface LateValue {
  epoch: Epoch;
  fromAt: Date | null;
  code: string;
  at: Date;
  value: number;
}

async function place(hall: Hall, machine: Machine, late: LateValue): Promise<void> {
  const { epoch, code, at, value, fromAt } = late;
  const later = await rowAfter(hall, machine, late);
  const isOpen = epoch.closed_at === null;
  const stand = machine.meters[code];
  if (!later && isOpen && !(await hasReading(hall, machine, { code, after: at }))) {
    // No newer reading has this code: for the code it is the newest.
    const verdict = judgeReading(
      { [code]: value },
      machine.meters,
      { ...machine, clearExpected: false },
      { since: fromAt?.getTime(), at: at.getTime() },
    );
    if (verdict.verdict === 'counted') {
      for (const finding of verdict.findings) await applyFinding(hall, machine, finding, { at, fromAt });
      await addToBaseline(hall, machine, verdict.findings);
    }
    return;
  }
  const last = isOpen ? stand?.base : (epoch.last as Record<string, number> | null)?.[code];
  const before = later?.from_value ?? last;
  if (before === undefined) return;
  const isKnownBefore = await hasReading(hall, machine, { code, from: epoch.opened_at, to: at });
  if (!isKnownBefore && epoch.opened_at > at) {
    if (value > before) await holdLate(hall, machine, late, before);
    return;
  }
  const after = await valueAfter(hall, machine, late, later, before);
  const reached =
    later?.kind === 'rollover' && value < before ? value + modulusOf(code, machine.meterDigits) : value;
  if (after === undefined || reached < before || reached > after) {
    if (value !== before) await holdLate(hall, machine, late, before);
    return;
  }
  if (later && after !== before) await split(hall, machine, late, later, reached - before);
}

const holdLate = (hall: Hall, machine: Machine, late: LateValue, before: number) =>
  hold(
    hall,
    machine,
    {
      code: late.code,
      at: late.at,
      fromAt: late.fromAt,
      kind: 'regression',
      from: before,
      value: late.value,
      delta: late.value - before,
      limit: limitOf(late.code, machine, late.fromAt?.getTime(), late.at.getTime()),
    },
    {
      epoch: late.epoch.epoch,
      denominationMinor: late.epoch.denomination_minor,
      parHoldPct: late.epoch.par_hold_pct,
    },
  );

/** Moves the first `part` of a row to the time of the late reading. */
async function split(hall: Hall, machine: Machine, late: LateValue, later: Row, part: number): Promise<void> {
  const { at, code } = late;
  const terms = { denominationMinor: later.denomination_minor, minorDigits: hall.settings.minorDigits };
  const rest = later.delta - part;
  const ofRow = hall.tx
    .updateTable('casino_rows')
    .where('hall_id', '=', hall.hall)
    .where('id', '=', later.id);
  if (rest === 0)
    await hall.tx
      .deleteFrom('casino_rows')
      .where('hall_id', '=', hall.hall)
      .where('id', '=', later.id)
      .execute();
  else
    await ofRow
      .set({
        from_at: at,
        from_value: part === 0 ? later.from_value : late.value,
        delta: rest,
        amount_minor: amountOf(code, rest, terms),
        unsplit: isUnsplit(hall, at, later.at),
      })
      .execute();
  if (part === 0) return;
  const gameDay = await dayOfPart(hall, machine, late, later, part);
  const { org_id, hall_id } = keyOf(hall);
  await hall.tx
    .insertInto('casino_rows')
    .values({
      ...later,
      org_id,
      hall_id,
      id: await nextId(hall, 'casino_rows'),
      at,
      from_at: late.fromAt,
      to_value: late.value,
      delta: part,
      amount_minor: amountOf(code, part, terms),
      game_day: gameDay,
      late: isLateAt(hall, at),
      unsplit: isUnsplit(hall, late.fromAt, at),
      fact_id: hall.fact,
    })
    .execute();
  if (code === '05') await noteGame(hall, machine.id, at);
  if (code === '0B') await checkAmlOfMachine(hall, machine.id, at);
}

/** Its own day; where that is closed already, the day of the later row, and a line in the journal says so. */
async function dayOfPart(
  hall: Hall,
  machine: Machine,
  { at, code }: LateValue,
  later: Row,
  part: number,
): Promise<string> {
  const own = gameDayOf(at, hall.settings);
  if (own === later.game_day) return own;
  const line = { machine: machine.id, code };
  if (await isClosed(hall, own)) {
    await writeAdjustment(hall, { ...line, gameDay: own, change: part, kind: 'late' });
    return later.game_day;
  }
  if (await isClosed(hall, later.game_day)) {
    await writeAdjustment(hall, { ...line, gameDay: later.game_day, change: -part, kind: 'late' });
    return later.game_day;
  }
  await writeAdjustment(hall, { ...line, gameDay: own, change: part, kind: 'restated' });
  await writeAdjustment(hall, { ...line, gameDay: later.game_day, change: -part, kind: 'restated' });
  return own;
}

/** The epoch a time belongs to: the newest that was open then, else the first. */
async function epochAt(hall: Hall, machine: Machine, at: Date): Promise<Epoch> {
  const epochs = await hall.tx
    .selectFrom('casino_epochs')
    .selectAll()
    .where('hall_id', '=', hall.hall)
    .where('machine', '=', machine.id)
    .orderBy('epoch', 'desc')
    .execute();
  return epochs.find(({ opened_at }) => opened_at <= at) ?? epochs.at(-1)!;
}

async function readingBefore(hall: Hall, machine: Machine, at: Date): Promise<Date | null> {
  const row = await hall.tx
    .selectFrom('casino_readings')
    .select('at')
    .where('hall_id', '=', hall.hall)
    .where('machine', '=', machine.id)
    .where('at', '<=', at)
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.at ?? null;
}

const rowAfter = (hall: Hall, machine: Machine, { epoch, code, at }: LateValue): Promise<Row | undefined> =>
  hall.tx
    .selectFrom('casino_rows')
    .selectAll()
    .where('hall_id', '=', hall.hall)
    .where('machine', '=', machine.id)
    .where('epoch', '=', epoch.epoch)
    .where('code', '=', code)
    .where('at', '>', at)
    .orderBy('at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();

/**
 * The accepted value after a time: where a reading between it and the later row still shows the value before, that one;
 * else what the later row reached. Undefined where there is none in the epoch.
 */
async function valueAfter(
  hall: Hall,
  machine: Machine,
  { epoch, code, at }: LateValue,
  later: Row | undefined,
  before: number,
): Promise<number | undefined> {
  const until = later?.at ?? epoch.closed_at ?? undefined;
  if (await hasReading(hall, machine, { code, after: at, value: before, ...(until && { to: until }) }))
    return before;
  return later && later.from_value + later.delta;
}

async function hasReading(
  { tx, organisation, hall }: Hall,
  machine: Machine,
  filter: { code: string; from?: Date; after?: Date; to?: Date; value?: number },
): Promise<boolean> {
  const { rows } = await sql`
    select 1 from casino_readings
    where org_id = ${organisation} and hall_id = ${hall} and machine = ${machine.id} and meters ? ${filter.code}
      ${filter.from ? sql`and at >= ${filter.from}` : sql``}
      ${filter.after ? sql`and at > ${filter.after}` : sql``}
      ${filter.to ? sql`and at <= ${filter.to}` : sql``}
      ${filter.value === undefined ? sql`` : sql`and (meters ->> ${filter.code})::bigint = ${filter.value}`}
    limit 1`.execute(tx);
  return rows.length > 0;
}
