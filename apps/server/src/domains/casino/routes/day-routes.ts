import { type CasinoGameDay, casinoDayRoutes as routes } from '@vakhta/api';
import { sql } from 'kysely';
import type { Api } from '../../../core/access/api.ts';
import { dayChecks } from '../game-days/day-checks.ts';
import { gameDayBounds, gameDayOf } from '../game-days/game-day.ts';
import { figureCodes, figuresOf } from '../reports/figures.ts';
import { movedIn } from '../reports/range.ts';
import { iso } from '../reports/tables/table.ts';
import type { ActDeps } from './acts.ts';
import { type HallView, inHall } from './in-hall.ts';

/** Game days and what stands in the way of closing one. */
export function casinoDayRoutes(api: Api, deps: ActDeps): void {
  api.implement(routes.listGameDays, ({ principal, params, query }) =>
    inHall(deps, principal, params.hall, async (hall) => {
      const today = gameDayOf(hall.now, hall.settings);
      const items = [];
      for (const date of await daysOf(hall, today, query.limit)) items.push(await gameDay(hall, date, today));
      return { items };
    }),
  );

  api.implement(routes.readDayChecks, ({ principal, params }) =>
    inHall(deps, principal, params.hall, async (hall) => ({ items: await dayChecks(hall, params.date) })),
  );
}

/** The current day and those before it in which something was counted or that were closed, the newest first. */
async function daysOf({ tx, organisation, hall }: HallView, today: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ game_day: string }>`
    select game_day from (
      select game_day from casino_day_moves where org_id = ${organisation} and hall_id = ${hall}
      union select game_day from casino_closed_days where org_id = ${organisation} and hall_id = ${hall}
      union select ${today}::text
    ) days where game_day <= ${today} order by game_day desc limit ${limit}`.execute(tx);
  return rows.map(({ game_day }) => game_day);
}

async function gameDay(hall: HallView, date: string, today: string): Promise<CasinoGameDay> {
  const closed = await hall.tx
    .selectFrom('casino_closed_days as d')
    .innerJoin('casino_facts as f', (join) =>
      join.onRef('f.id', '=', 'd.fact_id').onRef('f.hall_id', '=', 'd.hall_id'),
    )
    .select(['d.state', 'd.closed_at', 'f.data'])
    .where('d.hall_id', '=', hall.hall)
    .where('d.game_day', '=', date)
    .executeTakeFirst();
  const persons = closed?.data as { by?: string; approvedBy?: string } | undefined;
  const figures = figuresOf(await movedIn(hall, { gameDays: [date, date] }, figureCodes));
  const { from, to } = gameDayBounds(date, hall.settings);
  return {
    date,
    state: closed ? (closed.state as 'closed' | 'closed_with_variance') : date === today ? 'running' : 'over',
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    closedAt: iso(closed?.closed_at),
    closedBy: persons?.by ?? null,
    approvedBy: persons?.approvedBy ?? null,
    coinInMinor: figures.coinInMinor,
    totalWonMinor: figures.totalWonMinor,
    winMinor: figures.winMinor,
    holdPct: figures.holdPct,
    dropMinor: figures.dropMinor,
    games: figures.games,
  };
}
