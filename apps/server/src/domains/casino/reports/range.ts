import { type RawBuilder, sql } from 'kysely';
import type { HallRef } from '../hall/hall.ts';

/** Which rows a report is about; at most one of `gameDays`, `between` and `epoch`. */
export interface Range {
  /** None: all machines. */
  machines?: readonly string[] | undefined;
  /** First and last, both included. */
  gameDays?: readonly [first: string, last: string] | undefined;
  /** from < at ≤ to. */
  between?: { from: Date; to: Date } | undefined;
  epoch?: number | undefined;
  /** Carded: played while a guest was bound. */
  play?: 'all' | 'carded' | 'uncarded' | undefined;
}

/** The condition on `casino_rows r`. */
export function inRange(
  { organisation, hall }: HallRef,
  range: Range,
  codes?: readonly string[],
): RawBuilder<unknown> {
  const conditions = [sql`r.org_id = ${organisation} and r.hall_id = ${hall}`];
  if (range.machines) conditions.push(sql`r.machine = any(${[...range.machines]})`);
  if (range.gameDays) conditions.push(sql`r.game_day between ${range.gameDays[0]} and ${range.gameDays[1]}`);
  if (range.between) conditions.push(sql`r.at > ${range.between.from} and r.at <= ${range.between.to}`);
  if (range.epoch !== undefined) conditions.push(sql`r.epoch = ${range.epoch}`);
  if (codes) conditions.push(sql`r.code = any(${[...codes]})`);
  if (range.play === 'carded' || range.play === 'uncarded')
    conditions.push(sql`${range.play === 'carded' ? sql`` : sql`not`} exists (
      select from casino_sessions s
      where s.hall_id = r.hall_id and s.machine = r.machine and r.at > s.from_at
        and (s.to_at is null or r.at <= s.to_at))`);
  return sql.join(conditions, sql` and `);
}

/** What moved in a range, by code and by the theoretical hold of its time. */
export interface Moved {
  code: string;
  parHoldPct: string | null;
  delta: number;
  amountMinor: number;
}

export async function movedIn(hall: HallRef, range: Range, codes?: readonly string[]): Promise<Moved[]> {
  if (isWholeDays(range)) {
    const { rows } = await sql<Moved>`
      select code, nullif(par_hold_pct, '') as "parHoldPct", sum(delta)::bigint as delta,
             sum(amount_minor)::bigint as "amountMinor"
      from casino_day_moves r where ${inDays(hall, range, codes)} group by 1, 2`.execute(hall.tx);
    return rows;
  }
  const { rows } = await sql<Moved>`
    select r.code, r.par_hold_pct as "parHoldPct", sum(r.delta)::bigint as delta,
           coalesce(sum(r.amount_minor), 0)::bigint as "amountMinor"
    from casino_rows r where ${inRange(hall, range, codes)}
    group by r.code, r.par_hold_pct`.execute(hall.tx);
  return rows;
}

/** What is summed by game day already: no part of a day is asked for. */
const isWholeDays = ({ between, epoch, play = 'all' }: Range): boolean =>
  between === undefined && epoch === undefined && play === 'all';

function inDays(
  { organisation, hall }: HallRef,
  { machines, gameDays }: Range,
  codes?: readonly string[],
): RawBuilder<unknown> {
  const conditions = [sql`r.org_id = ${organisation} and r.hall_id = ${hall}`];
  if (machines) conditions.push(sql`r.machine = any(${[...machines]})`);
  if (gameDays) conditions.push(sql`r.game_day between ${gameDays[0]} and ${gameDays[1]}`);
  if (codes) conditions.push(sql`r.code = any(${[...codes]})`);
  return sql.join(conditions, sql` and `);
}

export interface MachineMoves {
  moved: Moved[];
  /** Whether rows came late, or lie across a boundary of days. */
  late: boolean;
  unsplit: boolean;
}

/** What moved in some game days, machine by machine; a machine that stood still is not among them. */
export async function movedByMachine(
  hall: HallRef,
  gameDays: readonly [string, string],
  codes?: readonly string[],
): Promise<Map<string, MachineMoves>> {
  const { rows } = await sql<Moved & { machine: string; late: boolean; unsplit: boolean }>`
    select machine, code, nullif(par_hold_pct, '') as "parHoldPct", sum(delta)::bigint as delta,
           sum(amount_minor)::bigint as "amountMinor", sum(late) > 0 as late, sum(unsplit) > 0 as unsplit
    from casino_day_moves r where ${inDays(hall, { gameDays }, codes)} group by 1, 2, 3`.execute(hall.tx);
  return new Map(
    [...Map.groupBy(rows, ({ machine }) => machine)].map(([machine, moved]) => [
      machine,
      { moved, late: moved.some(({ late }) => late), unsplit: moved.some(({ unsplit }) => unsplit) },
    ]),
  );
}

/** The time at one machine from one change of seats to the next, by when it began. */
export interface SpanKey {
  machine: string;
  /** `never`: before anybody sat down. */
  from: Date | 'never';
}

/** What moved in each of many spans, in their order. */
export async function movedInSpans(
  { tx, organisation, hall }: HallRef,
  spans: readonly SpanKey[],
  codes: readonly string[],
): Promise<Moved[][]> {
  const { rows } = await sql<Moved & { place: number }>`
    select s.place, m.code, nullif(m.par_hold_pct, '') as "parHoldPct", m.delta, m.amount_minor as "amountMinor"
    from unnest(${spans.map(({ machine }) => machine)}::text[],
                ${spans.map(({ from }) => (from === 'never' ? '-infinity' : from))}::timestamptz[])
      with ordinality s (machine, from_at, place)
    join casino_span_moves m on m.org_id = ${organisation} and m.hall_id = ${hall} and m.machine = s.machine
      and m.from_at = s.from_at and m.code = any(${[...codes]})`.execute(tx);
  const byPlace = Map.groupBy(rows, ({ place }) => place);
  return spans.map((_, index) => byPlace.get(index + 1) ?? []);
}

export const deltaOf = (moved: readonly Moved[], code: string): number =>
  moved.reduce((sum, one) => sum + (one.code === code ? one.delta : 0), 0);
export const amountMovedOf = (moved: readonly Moved[], code: string): number =>
  moved.reduce((sum, one) => sum + (one.code === code ? one.amountMinor : 0), 0);
