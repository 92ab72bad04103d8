import type { Selectable } from 'kysely';
import type { CasinoHandpays } from '../../../platform/postgres/schema.ts';
import { hasOpenShift } from '../cash-desk/shifts.ts';
import { type Answer, done, type FactOf, lacksSecondPerson, refused } from '../facts/fact.ts';
import { gameDayOf } from '../game-days/game-day.ts';
import { type Hall, type HallRef, keyOf, nextId } from '../hall/hall.ts';
import { availableIn } from '../ledger/drawer.ts';
import { accounts, type Leg, post } from '../ledger/post.ts';

export type Handpay = Selectable<CasinoHandpays>;

/** Those of a machine, oldest first. */
const handpaysOf = (hall: HallRef, machine: string) =>
  hall.tx
    .selectFrom('casino_handpays')
    .selectAll()
    .where('hall_id', '=', hall.hall)
    .where('machine', '=', machine)
    .orderBy('id');

/** The machine waits for an attendant. It says so again until it is asked: that opens nothing new. */
export async function lockHandpay(hall: Hall, machine: string, at: Date): Promise<void> {
  const pending = await handpaysOf(hall, machine).where('reset_at', 'is', null).executeTakeFirst();
  if (!pending) await openHandpay(hall, machine, at);
}

const openHandpay = async (hall: Hall, machine: string, at: Date): Promise<Handpay> =>
  hall.tx
    .insertInto('casino_handpays')
    .values({
      ...keyOf(hall),
      id: await nextId(hall, 'casino_handpays'),
      machine,
      locked_at: at,
      locked_day: gameDayOf(at, hall.settings),
    })
    .returningAll()
    .executeTakeFirstOrThrow();

export async function resetHandpay(hall: Hall, machine: string, at: Date): Promise<void> {
  const pending = await handpaysOf(hall, machine).where('reset_at', 'is', null).executeTakeFirst();
  if (pending) await changeHandpay(hall, pending, { reset_at: at });
}

const changeHandpay = (hall: Hall, handpay: Handpay, change: Partial<Handpay>) =>
  hall.tx
    .updateTable('casino_handpays')
    .set(change)
    .where('hall_id', '=', hall.hall)
    .where('id', '=', handpay.id)
    .execute();

/** The machine told what it waits for; from here on the house owes it. */
export async function describeHandpay(hall: Hall, told: FactOf<'handpayInfo'>, at: Date): Promise<void> {
  const pending = await handpaysOf(hall, told.machine).where('reset_at', 'is', null).executeTakeFirst();
  if (pending?.kind) return;
  // Its exception may have been lost in the machine's short queue: the answer alone says that it waits.
  const handpay = pending ?? (await openHandpay(hall, told.machine, at));
  const { level: kind, amountMinor: amount, partialMinor: partial } = told;
  const due = kind === 'progressive' ? amount - partial : amount;
  await changeHandpay(hall, handpay, {
    kind,
    amount_minor: amount,
    partial_minor: partial,
    due_minor: due,
  });
  await post(hall, 'handpay.lock', legsOf(told, due));
}

function legsOf(
  { machine, level, amountMinor, partialMinor, pool }: FactOf<'handpayInfo'>,
  due: number,
): Leg[] {
  const owed: Leg = [accounts.handpayDue, -due];
  switch (level) {
    case 'cancelledCredit':
      return [[accounts.credits(machine), amountMinor], owed];
    case 'nonProgressive':
      return [[accounts.gameWin(machine), amountMinor], owed];
    case 'progressive':
      return [
        // A progressive of the machine itself has no pool of the house behind it.
        [pool === undefined ? accounts.gameWin(machine) : accounts.pool(pool), amountMinor],
        owed,
        [accounts.credits(machine), -partialMinor],
      ];
  }
}

/** Whether the house still owes what a machine is locked for: nobody resets it before it is paid. */
export const isHandpayOwed = async (hall: HallRef, machine: string): Promise<boolean> =>
  (await handpaysOf(hall, machine)
    .where('slip', 'is', null)
    .where('reset_at', 'is', null)
    .executeTakeFirst()) !== undefined;

/** The attendant pays against a slip. */
export async function payHandpay(hall: Hall, act: FactOf<'handpay.pay'>): Promise<Answer> {
  const handpay = await handpaysOf(hall, act.machine)
    .where('due_minor', '>', 0)
    .where('slip', 'is', null)
    .executeTakeFirst();
  if (!handpay) return refused('nothing_due');
  const due = handpay.due_minor;
  if (act.amountMinor !== undefined && act.amountMinor !== due) return refused('amount_differs');
  const limit = hall.settings.policy.twoPersonLimitMinor;
  const needsTwo = limit !== null && due > limit;
  const lacking = needsTwo ? lacksSecondPerson(act) : undefined;
  if (lacking) return lacking;
  if (!(await hasOpenShift(hall, act.desk))) return refused('shift_not_open');
  if ((await availableIn(hall, act.desk)) < due) return refused('insufficient_drawer');
  await changeHandpay(hall, handpay, {
    slip: await takeSlipNumber(hall),
    paid_minor: due,
    signatures: needsTwo ? 2 : 1,
    desk: act.desk,
    paid_by: act.by,
    approved_by: act.approvedBy ?? null,
    paid_at: hall.now,
  });
  await post(hall, 'handpay.pay', [
    [accounts.handpayDue, due],
    [accounts.drawer(act.desk), -due],
  ]);
  return done;
}

async function takeSlipNumber(hall: Hall): Promise<number> {
  const { next_slip } = await hall.tx
    .updateTable('casino_settings')
    .set((eb) => ({ next_slip: eb('next_slip', '+', 1) }))
    .where('hall_id', '=', hall.hall)
    .returning('next_slip')
    .executeTakeFirstOrThrow();
  return next_slip - 1;
}
