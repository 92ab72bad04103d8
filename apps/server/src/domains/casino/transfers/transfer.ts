import type { Selectable } from 'kysely';
import type { CasinoTransfers } from '../../../platform/postgres/schema.ts';
import { clearAlert, openAlert } from '../alerts/alerts.ts';
import { gameDayOf } from '../game-days/game-day.ts';
import { type Hall, type HallRef, keyOf, nextId } from '../hall/hall.ts';
import { accounts, post } from '../ledger/post.ts';
import { checkAml } from '../sessions/aml.ts';

export type Transfer = Selectable<CasinoTransfers>;
export type FinalState = 'completed' | 'partial' | 'not_applied' | 'failed';

/** States in which the machine may still have carried it out. */
export const unresolvedStates = ['sent', 'pending', 'unknown'] as const;
export const isUnresolved = ({ state }: Pick<Transfer, 'state'>): boolean =>
  (unresolvedStates as readonly string[]).includes(state);

export const findTransfer = ({ tx, hall }: HallRef, key: string): Promise<Transfer | undefined> =>
  tx
    .selectFrom('casino_transfers')
    .selectAll()
    .where('hall_id', '=', hall)
    .where('key', '=', key)
    .executeTakeFirst();

export const numberedTransfer = ({ tx, hall }: HallRef, id: number): Promise<Transfer | undefined> =>
  tx
    .selectFrom('casino_transfers')
    .selectAll()
    .where('hall_id', '=', hall)
    .where('id', '=', id)
    .executeTakeFirst();

export const unresolvedTransfer = ({ tx, hall }: HallRef, machine: string): Promise<Transfer | undefined> =>
  tx
    .selectFrom('casino_transfers')
    .selectAll()
    .where('hall_id', '=', hall)
    .where('machine', '=', machine)
    .where('state', 'in', [...unresolvedStates])
    .executeTakeFirst();

/** Changes what is known of a transfer; a change of its state is a step that stays on record. */
export async function changeTransfer(
  hall: Hall,
  transfer: Transfer,
  change: Partial<Transfer>,
  cause: string,
): Promise<Transfer> {
  const changed = { ...transfer, ...change };
  await hall.tx
    .updateTable('casino_transfers')
    .set(change)
    .where('hall_id', '=', hall.hall)
    .where('id', '=', transfer.id)
    .execute();
  if (change.state && change.state !== transfer.state) await writeStep(hall, changed, cause);
  return changed;
}

export async function writeStep(
  hall: Hall,
  transfer: Pick<Transfer, 'id' | 'state'>,
  cause: string,
): Promise<void> {
  await hall.tx
    .insertInto('casino_transfer_steps')
    .values({
      ...keyOf(hall),
      id: await nextId(hall, 'casino_transfer_steps'),
      transfer_id: transfer.id,
      at: hall.now,
      state: transfer.state,
      cause,
    })
    .execute();
}

/** Where the money of a transfer to a machine comes from. */
export function sourceOf({ kind, desk }: Pick<Transfer, 'kind' | 'desk'>): string {
  if (kind === 'restricted') return accounts.promo;
  if (kind === 'nonrestricted') return accounts.bonus;
  return accounts.drawer(desk);
}

/** The machine's own meter of such transfers, in minor units. */
export function meterOf({ kind, direction }: Pick<Transfer, 'kind' | 'direction'>): string {
  if (direction === 'toHost') return 'B8';
  if (kind === 'restricted') return 'A2';
  return kind === 'nonrestricted' ? 'A4' : 'A0';
}

/** The transfer has its end: books what was applied, and tells who has to know. */
export async function settle(
  hall: Hall,
  transfer: Transfer,
  end: { state: FinalState; appliedMinor: number; cause: string; decision?: 'applied' | 'notApplied' },
): Promise<void> {
  const { machine, desk, player } = transfer;
  const applied = end.appliedMinor;
  await changeTransfer(
    hall,
    transfer,
    {
      state: end.state,
      applied_minor: applied,
      final_at: hall.now,
      final_day: gameDayOf(hall.now, hall.settings),
      ...(end.decision && { decision: end.decision }),
    },
    end.cause,
  );
  if (transfer.direction === 'toMachine')
    await post(hall, 'transfer.complete', [
      [accounts.transit, applied],
      [accounts.credits(machine), -applied],
    ]);
  else
    await post(hall, 'transfer.payout', [
      [accounts.credits(machine), applied],
      [accounts.drawer(desk), -applied],
    ]);
  await clearAlert(hall, 'AFT_UNRESOLVED', machine, hall.now);
  if (end.state === 'not_applied')
    await openAlert(hall, { code: 'AFT_NOT_APPLIED', subject: machine, severity: 'warning', at: hall.now });
  if (player && applied > 0 && transfer.direction === 'toMachine' && transfer.kind === 'cashable')
    await checkAml(hall, player, hall.now);
}
