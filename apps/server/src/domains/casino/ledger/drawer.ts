import type { HallRef } from '../hall/hall.ts';
import { accounts, balanceOf } from './post.ts';

/** What a drawer can still pay out: its balance less the cash-outs that machines have not confirmed yet. */
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
  return promised.reduce((rest, { amount_minor }) => rest - amount_minor, balance);
}
