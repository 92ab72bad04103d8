import { sql } from 'kysely';
import { ratio } from '../arithmetic/rounding.ts';
import { daysBetween, gameDayBounds, gameDayOf } from '../game-days/game-day.ts';
import type { HallRef, HallSettings } from '../hall/hall.ts';
import { findMachine, listMachines } from '../hall/machine.ts';
import { type Figures, figuresOf, isBeyond, minutesBetween, winPerUnitPerDay } from './figures.ts';
import { amountMovedOf, deltaOf, inRange, movedIn, type Range } from './range.ts';

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
  const bounds = await boundsOf(hall, range);
  const conditions = [sql`org_id = ${hall.organisation} and hall_id = ${hall.hall} and meters ? '0C'`];
  if (range.machines) conditions.push(sql`machine = any(${[...range.machines]})`);
  if (bounds?.from) conditions.push(sql`at >= ${bounds.from}`);
  if (bounds?.to) conditions.push(sql`at <= ${bounds.to}`);
  const { rows } = await sql<{ change: number }>`
    select coalesce(sum(change), 0)::bigint as change from (
      select (array_agg((meters ->> '0C')::bigint order by at desc, fact_id desc))[1]
             - (array_agg((meters ->> '0C')::bigint order by at, fact_id))[1] as change
      from casino_readings where ${sql.join(conditions, sql` and `)} group by machine) changes`.execute(
    hall.tx,
  );
  return rows[0]!.change;
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

/** What moved the credit meter, less how it moved: zero on a machine that counts as it should. */
export async function balanceIdentity(hall: Read, range: Range): Promise<{ differenceCredits: number }> {
  const t = await totals(hall, range, ['24', '01', '00', '04', '0C']);
  return { differenceCredits: t['24']! + t['01']! - t['00']! - t['04']! - t['0C']! };
}

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
  for (const { id: machine } of await listMachines(hall)) {
    const figures = figuresOf(await movedIn(hall, { machines: [machine], gameDays }));
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

interface Span {
  player: string | null;
  machine: string;
  from: Date;
  to: Date | null;
  closedBy: string | null;
}

/** Sessions of guests and, where nobody's are asked for, the play between them: together they make up the machine. */
export async function sessions(
  hall: Read,
  filter: { machine?: string | undefined; player?: string | undefined },
) {
  const guests = await cardedSpans(hall, filter);
  const spans =
    filter.player === undefined ? [...guests, ...(await uncardedSpans(hall, filter.machine))] : guests;
  const lines = [];
  for (const span of spans) {
    const moved = await movedIn(hall, {
      machines: [span.machine],
      between: { from: span.from, to: span.to ?? FAR },
    });
    if (span.player === null && moved.length === 0) continue;
    lines.push(lineOf(span, figuresOf(moved)));
  }
  return lines.sort(
    (a, b) =>
      a.from.getTime() - b.from.getTime() || (a.machine < b.machine ? -1 : a.machine > b.machine ? 1 : 0),
  );
}

/** After every time that is booked. */
const FAR = new Date('9999-12-31T00:00:00.000Z');

function lineOf({ player, machine, from, to, closedBy }: Span, figures: Figures) {
  return {
    player,
    machine,
    from,
    to,
    minutes: to && minutesBetween(from, to),
    closedBy,
    coinInMinor: figures.coinInMinor,
    totalWonMinor: figures.totalWonMinor,
    winMinor: figures.winMinor,
    holdPct: figures.holdPct,
    playerWinPct: figures.playerWinPct,
    games: figures.games,
    avgBetMinor: figures.avgBetMinor,
    dropMinor: figures.dropMinor,
    theoreticalWinMinor: figures.theoreticalWinMinor,
    gamesPerMinute: to && ratio(BigInt(figures.games) * 60_000n, to.getTime() - from.getTime()),
  };
}

export async function cardedSpans(
  { tx, hall }: Read,
  { machine, player }: { machine?: string | undefined; player?: string | undefined },
): Promise<Span[]> {
  let query = tx.selectFrom('casino_sessions').selectAll().where('hall_id', '=', hall);
  if (machine !== undefined) query = query.where('machine', '=', machine);
  if (player !== undefined) query = query.where('player', '=', player);
  const rows = await query.orderBy('from_at').orderBy('id').execute();
  return rows.map((row) => ({
    player: row.player,
    machine: row.machine,
    from: row.from_at,
    to: row.to_at,
    closedBy: row.closed_by,
  }));
}

async function uncardedSpans(hall: Read, machine: string | undefined): Promise<Span[]> {
  const machines = machine === undefined ? (await listMachines(hall)).map(({ id }) => id) : [machine];
  const spans: Span[] = [];
  for (const id of machines) {
    const known = await hall.tx
      .selectFrom('casino_readings')
      .select((eb) => [eb.fn.min('at').as('first'), eb.fn.max('at').as('last')])
      .where('hall_id', '=', hall.hall)
      .where('machine', '=', id)
      .executeTakeFirst();
    if (!known?.first || !known.last) continue;
    let from: Date | null = known.first as Date;
    const span = (to: Date) => {
      if (from && to > from) spans.push({ player: null, machine: id, from, to, closedBy: null });
    };
    for (const session of await cardedSpans(hall, { machine: id })) {
      span(session.from);
      from = session.to;
    }
    span(known.last as Date);
  }
  return spans;
}

/** The classic statistics of a guest: his turnover and result by session, by game day and in all, with his sign. */
export async function playerReport(hall: Read, player: string) {
  const lines = [];
  for (const { machine, from, to } of await cardedSpans(hall, { player })) {
    const figures = figuresOf(await movedIn(hall, { machines: [machine], between: { from, to: to ?? FAR } }));
    lines.push({ gameDay: gameDayOf(from, hall.settings), machine, figures });
  }
  const classic = (of: readonly Figures[]) => {
    const sum = (pick: (figures: Figures) => number) =>
      of.reduce((total, figures) => total + pick(figures), 0);
    const turnover = sum(({ coinInMinor }) => coinInMinor);
    const won = sum(({ totalWonMinor }) => totalWonMinor);
    const games = sum((figures) => figures.games);
    return {
      turnoverMinor: turnover,
      wonMinor: won,
      games,
      avgBetCredits: ratio(
        sum(({ coinInCredits }) => coinInCredits),
        games,
      ),
      winPct: figuresWinPct(won, turnover),
    };
  };
  const byDay = Map.groupBy(lines, ({ gameDay }) => gameDay);
  return {
    sessions: lines.map(({ gameDay, machine, figures }) => ({ gameDay, machine, ...classic([figures]) })),
    gameDays: [...byDay]
      .map(([gameDay, ofDay]) => ({ gameDay, ...classic(ofDay.map(({ figures }) => figures)) }))
      .sort((a, b) => (a.gameDay < b.gameDay ? -1 : 1)),
    total: classic(lines.map(({ figures }) => figures)),
  };
}

const figuresWinPct = (won: number, turnover: number): string | null =>
  ratio(BigInt(won - turnover) * 100n, turnover);
