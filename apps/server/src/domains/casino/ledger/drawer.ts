import type { HallRef } from '../hall/hall.ts';
import { accounts, balanceOf } from './post.ts';

/**
 * What a drawer can still pay out: its balance less the cash-outs that machines have not confirmed yet, and less what its
 * count found missing, until the close of the shift books that.
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
  const balance = (await balanceOf(hall, accounts.drawer(desk))) - (await missingIn(hall, desk));
  return promised.reduce((rest, { amount_minor }) => rest - amount_minor, balance);
}

async function missingIn({ tx, hall }: HallRef, desk: string): Promise<number> {
  const counted = await tx
    .selectFrom('casino_shifts')
    .select(['expected_minor', 'counted_minor'])
    .where('hall_id', '=', hall)
    .where('desk', '=', desk)
    .where('state', '=', 'counted')
    .executeTakeFirst();
  return Math.max(0, (counted?.expected_minor ?? 0) - (counted?.counted_minor ?? 0));
}
