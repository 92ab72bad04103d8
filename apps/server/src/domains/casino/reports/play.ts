import { sql } from 'kysely';
import { daysBetween, gameDayBounds } from '../game-days/game-day.ts';
import type { HallRef, HallSettings } from '../hall/hall.ts';
import { findMachine, listMachines } from '../hall/machine.ts';
import { figuresOf, isBeyond, winPerUnitPerDay } from './figures.ts';
import { amountMovedOf, deltaOf, inRange, type Moved, movedByMachine, movedIn, type Range } from './range.ts';

type Read = HallRef & { settings: HallSettings };

/** The meter log of a range: each row as it stands, by time and code. */
export async function meterRows(hall: Read, range: Range, codes?: readonly string[]) {
  const { rows } = await sql<{
    at: Date;
    code: string;
    delta: number;
    kind: string;
    amountMinor: number | null;
    gameDay: string;
    late: boolean;
  }>`
    select r.at, r.code, r.delta, r.kind, r.amount_minor as "amountMinor", r.game_day as "gameDay", r.late
    from casino_rows r where ${inRange(hall, range, codes)}
    order by r.at, r.code collate "C", r.machine collate "C", r.id`.execute(hall.tx);
  return rows;
}

/** Sums of deltas by code; of the credits meter, a gauge, the last reading less the first. */
export async function totals(
  hall: Read,
  range: Range,
  codes: readonly string[],
): Promise<Record<string, number>> {
  const moved = await movedIn(hall, range, codes);
  const result: Record<string, number> = {};
  for (const code of codes)
    result[code] = code === '0C' ? await creditsChange(hall, range) : deltaOf(moved, code);
  return result;
}

async function creditsChange(hall: Read, range: Range): Promise<number> {
  const changes = await creditsChanges(hall, range);
  return [...changes.values()].reduce((sum, change) => sum + change, 0);
}

/** Of each machine with a reading in the range: its credits at the last one less those at the first. */
export async function creditsChanges(hall: Read, range: Range): Promise<Map<string, number>> {
  const bounds = await boundsOf(hall, range);
  const conditions = [
    sql`r.org_id = m.org_id and r.hall_id = m.hall_id and r.machine = m.machine and r.meters ? '0C'`,
  ];
  if (bounds?.from) conditions.push(sql`r.at >= ${bounds.from}`);
  if (bounds?.to) conditions.push(sql`r.at <= ${bounds.to}`);
  const readings = sql`select (r.meters ->> '0C')::bigint as credits from casino_readings r
    where ${sql.join(conditions, sql` and `)}`;
  const { rows } = await sql<{ machine: string; change: number }>`
    select m.machine, last.credits - first.credits as change from casino_machines m
    cross join lateral (${readings} order by r.at, r.fact_id limit 1) first
    cross join lateral (${readings} order by r.at desc, r.fact_id desc limit 1) last
    where m.org_id = ${hall.organisation} and m.hall_id = ${hall.hall}
      ${range.machines ? sql`and m.machine = any(${[...range.machines]})` : sql``}`.execute(hall.tx);
  return new Map(rows.map(({ machine, change }) => [machine, change]));
}

async function boundsOf(hall: Read, range: Range): Promise<{ from?: Date; to?: Date } | undefined> {
  if (range.between) return range.between;
  if (range.gameDays)
    return {
      from: new Date(gameDayBounds(range.gameDays[0], hall.settings).from),
      to: new Date(gameDayBounds(range.gameDays[1], hall.settings).to),
    };
  const [machine] = range.machines ?? [];
  if (range.epoch === undefined || machine === undefined) return undefined;
  const epoch = await hall.tx
    .selectFrom('casino_epochs')
    .select(['opened_at', 'closed_at'])
    .where('hall_id', '=', hall.hall)
    .where('machine', '=', machine)
    .where('epoch', '=', range.epoch)
    .executeTakeFirst();
  return epoch && { from: epoch.opened_at, ...(epoch.closed_at && { to: epoch.closed_at }) };
}

export async function balanceIdentity(hall: Read, range: Range): Promise<{ differenceCredits: number }> {
  const moved = await movedIn(hall, range, ['00', '01', '04', '24']);
  return { differenceCredits: identityDifference(moved, await creditsChange(hall, range)) };
}

/** What moved the credit meter, less how it moved, in credits: zero on a machine that counts as it should. */
export const identityDifference = (moved: readonly Moved[], creditsChange: number): number =>
  deltaOf(moved, '24') + deltaOf(moved, '01') - deltaOf(moved, '00') - deltaOf(moved, '04') - creditsChange;

export async function summary(hall: Read, range: Range) {
  const { coinInCredits: _, ...figures } = figuresOf(await movedIn(hall, range));
  const machines = range.machines?.length ?? (await listMachines(hall)).length;
  return {
    ...figures,
    winPerUnitPerDayMinor: range.gameDays
      ? winPerUnitPerDay(figures.winMinor, machines, daysBetween(...range.gameDays))
      : null,
  };
}

/** UTC hours that have rows of the codes. */
export async function hourly(hall: Read, range: Range, codes: readonly string[]) {
  const { rows } = await sql<{ hour: Date; code: string; delta: number }>`
    select date_trunc('hour', r.at, 'UTC') as hour, r.code, sum(r.delta)::bigint as delta
    from casino_rows r where ${inRange(hall, range, codes)} group by 1, 2 order by 1`.execute(hall.tx);
  const hours = Map.groupBy(rows, ({ hour }) => hour.getTime());
  return [...hours].map(([hour, ofHour]) => ({
    hour: new Date(hour),
    totals: Object.fromEntries(
      codes.map((code) => [code, ofHour.find((row) => row.code === code)?.delta ?? 0]),
    ),
  }));
}

/** The first value ever seen and all that moved since, over every clear and cabinet. */
export async function lifetime(hall: Read, machine: string, codes: readonly string[]) {
  const first = (await findMachine(hall, machine))?.firstValues ?? {};
  const moved = await movedIn(hall, { machines: [machine] }, codes);
  return Object.fromEntries(codes.map((code) => [code, (first[code] ?? 0) + deltaOf(moved, code)]));
}

export async function dayTotals(hall: Read, machine: string, code: string) {
  const { rows } = await sql<{ gameDay: string; delta: number; unsplit: number }>`
    select r.game_day as "gameDay", sum(r.delta)::bigint as delta,
           coalesce(sum(r.delta) filter (where r.unsplit), 0)::bigint as unsplit
    from casino_rows r where ${inRange(hall, { machines: [machine] }, [code])} group by 1 order by 1`.execute(
    hall.tx,
  );
  return rows;
}

/** Hold against par of each machine, and whether it is far enough off after enough games to look into. */
export async function holdAnalysis(hall: Read, gameDays: readonly [string, string]) {
  const { holdMinGames, holdLimitPp } = hall.settings.policy;
  const lines = [];
  const byMachine = await movedByMachine(hall, gameDays);
  for (const { id: machine } of await listMachines(hall)) {
    const figures = figuresOf(byMachine.get(machine)?.moved ?? []);
    const { games, holdPct, theoreticalHoldPct, holdVariancePp, projectedVarianceMinor } = figures;
    lines.push({
      machine,
      games,
      holdPct,
      theoreticalHoldPct,
      holdVariancePp,
      projectedVarianceMinor,
      alert: games >= holdMinGames && holdVariancePp !== null && isBeyond(holdVariancePp, holdLimitPp),
    });
  }
  return lines;
}

/** What the machine earned after gifts, and the same from cash in, cash out and credits left. */
export async function netWin(hall: Read, machine: string, range: Range) {
  const moved = await movedIn(hall, { ...range, machines: [machine] });
  const amount = (code: string) => amountMovedOf(moved, code);
  const grossWinMinor = amount('00') - amount('01') - amount('02');
  const [cashable, promo, bonus, bills] = [amount('2E'), amount('2F'), amount('30'), amount('0B')];
  const denomination = (await findMachine(hall, machine))?.denominationMinor ?? 0;
  return {
    dropByKind: {
      cashableMinor: cashable,
      restrictedMinor: promo,
      nonrestrictedMinor: bonus,
      billsMinor: bills,
    },
    grossWinMinor,
    promoCostMinor: promo,
    bonusCostMinor: bonus,
    netWinMinor: grossWinMinor - promo - bonus,
    cashInMinor: cashable + bills,
    cashOutMinor: amount('04') + amount('02'),
    creditsChangeMinor: (await creditsChange(hall, { machines: [machine] })) * denomination,
  };
}
