import type { Selectable } from 'kysely';
import type { CasinoShifts } from '../../../platform/postgres/schema.ts';
import { judgeShift, settleShift } from '../alerts/differences.ts';
import { type Answer, done, type FactOf, lacksSecondPerson, refused } from '../facts/fact.ts';
import { type Hall, type HallRef, keyOf, nextId } from '../hall/hall.ts';
import { availableIn } from '../ledger/drawer.ts';
import { accounts, balanceOf, post } from '../ledger/post.ts';

export type Shift = Selectable<CasinoShifts>;

export const latestShift = ({ tx, hall }: HallRef, desk: string): Promise<Shift | undefined> =>
  tx
    .selectFrom('casino_shifts')
    .selectAll()
    .where('hall_id', '=', hall)
    .where('desk', '=', desk)
    .orderBy('id', 'desc')
    .executeTakeFirst();

export const hasOpenShift = async (hall: HallRef, desk: string): Promise<boolean> =>
  (await latestShift(hall, desk))?.state === 'open';

export async function openShift(hall: Hall, act: FactOf<'shift.open'>): Promise<Answer> {
  const { desk, cashier, countMinor } = act;
  const shift = await latestShift(hall, desk);
  if (shift && shift.state !== 'closed') return refused('shift_already_open');
  const balance = await balanceOf(hall, accounts.drawer(desk));
  if (countMinor !== balance) return refused('count_differs');
  await hall.tx
    .insertInto('casino_shifts')
    .values({
      ...keyOf(hall),
      id: await nextId(hall, 'casino_shifts'),
      desk,
      cashier,
      state: 'open',
      opened_at: hall.now,
      opening_minor: balance,
    })
    .execute();
  return done;
}

const changeShift = (hall: Hall, shift: Shift, change: Partial<Shift>) =>
  hall.tx
    .updateTable('casino_shifts')
    .set(change)
    .where('hall_id', '=', hall.hall)
    .where('id', '=', shift.id)
    .execute();

/** The cashier counts without being told what should be there. */
export async function countShift(hall: Hall, act: FactOf<'shift.count'>): Promise<Answer> {
  const shift = await latestShift(hall, act.desk);
  if (shift?.state !== 'open') return refused('shift_not_open');
  const expected_minor = await balanceOf(hall, accounts.drawer(act.desk));
  await changeShift(hall, shift, { state: 'counted', expected_minor, counted_minor: act.countMinor });
  await judgeShift(hall, act.desk, act.countMinor - expected_minor);
  return done;
}

export async function closeShift(hall: Hall, act: FactOf<'shift.close'>): Promise<Answer> {
  const shift = await latestShift(hall, act.desk);
  if (shift?.state !== 'counted') return refused('not_counted');
  const over = shift.counted_minor! - shift.expected_minor!;
  if (Math.abs(over) > hall.settings.policy.shiftToleranceMinor) {
    if (act.reason === undefined) return refused('reason_required');
    const lacking = lacksSecondPerson(act);
    if (lacking) return lacking;
  }
  // A cash-out confirmed after the count may have found too little: the vault has to fill the drawer first.
  if (over < 0 && (await availableIn(hall, act.desk)) < 0) return refused('insufficient_drawer');
  await changeShift(hall, shift, {
    state: 'closed',
    closed_at: hall.now,
    reason: act.reason ?? null,
    approved_by: act.approvedBy ?? null,
  });
  await post(hall, 'shift.overShort', [
    [accounts.drawer(act.desk), over],
    [accounts.overShort, -over],
  ]);
  await settleShift(hall, act.desk);
  return done;
}

export async function fillDrawer(hall: Hall, act: FactOf<'vault.fill'>): Promise<Answer> {
  await post(hall, 'vault.fill', [
    [accounts.drawer(act.desk), act.amountMinor],
    [accounts.vault, -act.amountMinor],
  ]);
  return done;
}

export async function creditVault(hall: Hall, act: FactOf<'vault.credit'>): Promise<Answer> {
  if ((await availableIn(hall, act.desk)) < act.amountMinor) return refused('insufficient_drawer');
  await post(hall, 'vault.credit', [
    [accounts.vault, act.amountMinor],
    [accounts.drawer(act.desk), -act.amountMinor],
  ]);
  return done;
}
