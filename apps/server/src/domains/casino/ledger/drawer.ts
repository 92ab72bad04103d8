import type { HallRef } from '../hall/hall.ts';
import { accounts, balanceOf } from './post.ts';

/**
 * What a drawer can still pay out: its balance, less the cash-outs that machines have not confirmed yet, less what a
 * count found missing that is not booked before the shift is closed.
 */
export async function availableIn(hall: HallRef, desk: string): Promise<number> {
  const promised = await hall.tx
    .selectFrom('casino_transfers')
    .select('amount_minor')
    .where('hall_id', '=', hall.hall)
    .where('desk', '=', desk)
    .where('direction', '=', 'toHost')
    .where('state', 'in', ['sent', 'pending', 'unknown'])
    .execute();
  const balance = await balanceOf(hall, accounts.drawer(desk));
  const counted = await hall.tx
    .selectFrom('casino_shifts')
    .select(['counted_minor', 'expected_minor'])
    .where('hall_id', '=', hall.hall)
    .where('desk', '=', desk)
    .where('state', '=', 'counted')
    .executeTakeFirst();
  const missing = counted ? Math.max(0, counted.expected_minor! - counted.counted_minor!) : 0;
  return promised.reduce((rest, { amount_minor }) => rest - amount_minor, balance - missing);
}
