import { InternalError } from '@vakhta/kernel';
import { type Hall, type HallRef, keyOf, nextId } from '../hall/hall.ts';

export type EntryType =
  | 'opening.float'
  | 'meter'
  | 'transfer.reserve'
  | 'transfer.complete'
  | 'transfer.refund'
  | 'transfer.payout'
  | 'transfer.correct'
  | 'handpay.lock'
  | 'handpay.pay'
  | 'pool.hit'
  | 'vault.fill'
  | 'vault.credit'
  | 'shift.overShort'
  | 'stacker.count';

/** Names of the ledger's accounts. */
export const accounts = {
  drawer: (desk: string) => `DRAWER:${desk}`,
  billbox: (machine: string) => `BILLBOX:${machine}`,
  credits: (machine: string) => `CREDITS:${machine}`,
  gameWin: (machine: string) => `GAME_WIN:${machine}`,
  pool: (pool: string) => `JP_POOL:${pool}`,
  vault: 'VAULT',
  transit: 'AFT_TRANSIT',
  loss: 'AFT_LOSS',
  handpayDue: 'HANDPAY_DUE',
  promo: 'PROMO_EXPENSE',
  bonus: 'BONUS_EXPENSE',
  overShort: 'OVER_SHORT',
  dropVariance: 'DROP_VARIANCE',
} as const;

export type Leg = readonly [account: string, amountMinor: number];

/** Writes one entry; positive is debit. Legs of zero are left out, and an entry without legs is not written. */
export async function post(hall: Hall, type: EntryType, legs: readonly Leg[]): Promise<void> {
  const real = legs.filter(([, amount]) => amount !== 0);
  if (real.length === 0) return;
  if (real.reduce((sum, [, amount]) => sum + amount, 0) !== 0)
    throw new InternalError('casino.unbalanced', 'the legs of an entry do not sum to zero', {
      context: { type, legs: JSON.stringify(legs) },
    });
  const { tx } = hall;
  const id = await nextId(hall, 'casino_entries');
  await tx
    .insertInto('casino_entries')
    .values({ ...keyOf(hall), id, type, at: hall.now, fact_id: hall.fact })
    .execute();
  await tx
    .insertInto('casino_legs')
    .values(real.map(([account, amount_minor]) => ({ ...keyOf(hall), entry_id: id, account, amount_minor })))
    .execute();
  await tx
    .insertInto('casino_balances')
    .values(real.map(([account, amount_minor]) => ({ ...keyOf(hall), account, amount_minor })))
    .onConflict((conflict) =>
      conflict.columns(['org_id', 'hall_id', 'account']).doUpdateSet((eb) => ({
        amount_minor: eb('casino_balances.amount_minor', '+', eb.ref('excluded.amount_minor')),
      })),
    )
    .execute();
}

export async function balanceOf({ tx, hall }: HallRef, account: string): Promise<number> {
  const row = await tx
    .selectFrom('casino_balances')
    .select('amount_minor')
    .where('hall_id', '=', hall)
    .where('account', '=', account)
    .executeTakeFirst();
  return row?.amount_minor ?? 0;
}
