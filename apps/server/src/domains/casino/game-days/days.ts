import type { Hall, HallRef } from '../hall/hall.ts';
import { keyOf, nextId } from '../hall/hall.ts';
import { nextDate } from './game-day.ts';

export async function isClosed({ tx, hall }: HallRef, date: string): Promise<boolean> {
  const row = await tx
    .selectFrom('casino_closed_days')
    .select('game_day')
    .where('hall_id', '=', hall)
    .where('game_day', '=', date)
    .executeTakeFirst();
  return row !== undefined;
}

/** The first day from `date` on that takes new rows: a closed day is never rewritten. */
export async function openDayFrom(hall: HallRef, date: string): Promise<string> {
  let day = date;
  while (await isClosed(hall, day)) day = nextDate(day);
  return day;
}

/** A line of the journal of game days; `change` in the meter's unit. */
export async function writeAdjustment(
  hall: Hall,
  line: { machine: string; gameDay: string; code: string; change: number; kind: 'restated' | 'late' },
): Promise<void> {
  await hall.tx
    .insertInto('casino_adjustments')
    .values({
      ...keyOf(hall),
      id: await nextId(hall, 'casino_adjustments'),
      machine: line.machine,
      written_at: hall.now,
      game_day: line.gameDay,
      code: line.code,
      change: line.change,
      kind: line.kind,
      fact_id: hall.fact,
    })
    .execute();
}
