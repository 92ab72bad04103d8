import { sql } from 'kysely';
import { ratio } from '../arithmetic/rounding.ts';
import { gameDayOf } from '../game-days/game-day.ts';
import type { HallRef, HallSettings } from '../hall/hall.ts';
import { type Figures, figureCodes, figuresOf, minutesBetween } from './figures.ts';
import { type Moved, movedInSpans, type SpanKey } from './range.ts';

type Read = HallRef & { settings: HallSettings };

interface Span {
  /** Null: nobody was seated. */
  player: string | null;
  machine: string;
  from: Date;
  /** Null: it still goes on. */
  to: Date | null;
  closedBy: string | null;
  /** Nobody had been seated before. */
  isFirst?: boolean;
}

/** Which sessions are asked for; `between`: those that have a part in it, whole. */
interface SessionFilter {
  machine?: string | undefined;
  player?: string | undefined;
  between?: { from: Date; to: Date } | undefined;
}

/** Sessions of guests and, where nobody's are asked for, the play between them: together they make up the machine. */
export async function sessions(hall: Read, filter: SessionFilter) {
  const guests = await cardedSpans(hall, filter);
  const spans = filter.player === undefined ? [...guests, ...(await uncardedSpans(hall, filter))] : guests;
  const moved = await movedInSessions(hall, spans, figureCodes);
  return spans
    .map((span, index) => ({ span, moved: moved[index] ?? [] }))
    .filter(({ span, moved: of }) => span.player !== null || of.length > 0)
    .map(({ span, moved: of }) => lineOf(span, figuresOf(of)))
    .sort(
      (a, b) =>
        a.from.getTime() - b.from.getTime() || (a.machine < b.machine ? -1 : a.machine > b.machine ? 1 : 0),
    );
}

/** What moved in each span, in their order. */
export async function movedInSessions(
  hall: Read,
  spans: readonly Span[],
  codes: readonly string[],
): Promise<Moved[][]> {
  const moved = await movedInSpans(hall, spans.map(keyOf), codes);
  // One that ended as it began is empty; what is booked under its beginning is of the span that follows.
  const isEmpty = ({ from, to, isFirst }: Span) => !isFirst && to?.getTime() === from.getTime();
  return spans.map((span, index) => (isEmpty(span) ? [] : moved[index]!));
}

const keyOf = ({ machine, from, isFirst }: Span): SpanKey => ({ machine, from: isFirst ? 'never' : from });

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

/** Sessions of guests by when they began. */
export async function cardedSpans(
  { tx, hall }: Read,
  { machine, player, between }: SessionFilter,
): Promise<(Span & { player: string })[]> {
  let query = tx.selectFrom('casino_sessions').selectAll().where('hall_id', '=', hall);
  if (machine !== undefined) query = query.where('machine', '=', machine);
  if (player !== undefined) query = query.where('player', '=', player);
  if (between)
    query = query
      .where('from_at', '<', between.to)
      .where((eb) => eb.or([eb('to_at', 'is', null), eb('to_at', '>', between.from)]));
  const rows = await query.orderBy('from_at').orderBy('id').execute();
  return rows.map((row) => ({
    player: row.player,
    machine: row.machine,
    from: row.from_at,
    to: row.to_at,
    closedBy: row.closed_by,
  }));
}

/** The time between sessions, from a machine's first reading to its last. */
async function uncardedSpans(
  { tx, organisation, hall }: Read,
  { machine, between }: SessionFilter,
): Promise<Span[]> {
  const isAsked = machine === undefined ? sql`` : sql`and m.machine = ${machine}`;
  const overlaps = between ? sql`where from_at < ${between.to} and to_at > ${between.from}` : sql``;
  const { rows } = await sql<{ machine: string; from: Date; to: Date; isFirst: boolean }>`
    with machines as (
      select m.machine, first.at as first_at, last.at as last_at from casino_machines m
      cross join lateral (select r.at from casino_readings r
        where r.org_id = m.org_id and r.hall_id = m.hall_id and r.machine = m.machine order by r.at limit 1) first
      cross join lateral (select r.at from casino_readings r
        where r.org_id = m.org_id and r.hall_id = m.hall_id and r.machine = m.machine order by r.at desc limit 1) last
      where m.org_id = ${organisation} and m.hall_id = ${hall} ${isAsked}
    ), ends as (
      select machine, first_at as from_at, last_at, null::timestamptz as begun_at, 0 as session from machines
      union all
      select m.machine, s.to_at, m.last_at, s.from_at, s.id from machines m
      join casino_sessions s on s.org_id = ${organisation} and s.hall_id = ${hall} and s.machine = m.machine
    ), gaps as (
      select machine, from_at, begun_at is null as is_first,
             coalesce(lead(begun_at) over (partition by machine order by begun_at nulls first, session), last_at) as to_at
      from ends
    )
    select machine, from_at as "from", to_at as "to", is_first as "isFirst" from (select * from gaps where from_at < to_at or is_first) free ${overlaps}
    order by machine, from_at`.execute(tx);
  return rows.map((row) => ({ ...row, player: null, closedBy: null }));
}

/** The classic statistics of a guest: his turnover and result by session, by game day and in all, with his sign. */
export async function playerReport(hall: Read, player: string) {
  const spans = await cardedSpans(hall, { player });
  const moved = await movedInSessions(hall, spans, figureCodes);
  const lines = spans.map(({ machine, from }, index) => ({
    gameDay: gameDayOf(from, hall.settings),
    machine,
    figures: figuresOf(moved[index] ?? []),
  }));
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
