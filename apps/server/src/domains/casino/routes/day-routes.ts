import { type CasinoGameDay, casinoDayRoutes as routes } from '@vakhta/api';
import type { Api } from '../../../core/access/api.ts';
import { dayChecks } from '../game-days/day-checks.ts';
import { gameDayBounds, gameDayOf, previousDate } from '../game-days/game-day.ts';
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
      const earliest = (await firstDayWithRows(hall)) ?? today;
      const items = [];
      for (let date = today; date >= earliest && items.length < query.limit; date = previousDate(date))
        items.push(await gameDay(hall, date, today));
      return { items };
    }),
  );

  api.implement(routes.readDayChecks, ({ principal, params }) =>
    inHall(deps, principal, params.hall, async (hall) => ({ items: await dayChecks(hall, params.date) })),
  );
}

async function firstDayWithRows({ tx, hall }: HallView): Promise<string | null> {
  const row = await tx
    .selectFrom('casino_day_moves')
    .select((eb) => eb.fn.min('game_day').as('first'))
    .where('hall_id', '=', hall)
    .executeTakeFirst();
  return row?.first ?? null;
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
