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
  const { rows } = await sql<Moved>`
    select r.code, r.par_hold_pct as "parHoldPct", sum(r.delta)::bigint as delta,
           coalesce(sum(r.amount_minor), 0)::bigint as "amountMinor"
    from casino_rows r where ${inRange(hall, range, codes)}
    group by r.code, r.par_hold_pct`.execute(hall.tx);
  return rows;
}

export const deltaOf = (moved: readonly Moved[], code: string): number =>
  moved.reduce((sum, one) => sum + (one.code === code ? one.delta : 0), 0);
export const amountMovedOf = (moved: readonly Moved[], code: string): number =>
  moved.reduce((sum, one) => sum + (one.code === code ? one.amountMinor : 0), 0);
