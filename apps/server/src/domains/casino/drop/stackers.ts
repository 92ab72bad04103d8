import type { Selectable } from 'kysely';
import type { CasinoStackers } from '../../../platform/postgres/schema.ts';
import { judgeDrop } from '../alerts/differences.ts';
import { type Answer, done, type FactOf, lacksSecondPerson, refused } from '../facts/fact.ts';
import { type Hall, type HallRef, keyOf, nextId } from '../hall/hall.ts';
import { accounts, post } from '../ledger/post.ts';
import { noteValues } from '../meters/meter-codes.ts';

export type Stacker = Selectable<CasinoStackers>;
/** Numbers of notes by meter code or by value in minor units. */
export type Notes = Record<string, number>;

/** A stacker is taken out: what the meters say is in it is fixed now, before anybody counts. */
export async function removeStacker(hall: Hall, { machine }: FactOf<'stacker.removed'>): Promise<Answer> {
  const rows = await hall.tx
    .selectFrom('casino_rows')
    .select((eb) => ['code', eb.fn.sum<string>('delta').as('notes')])
    .where('hall_id', '=', hall.hall)
    .where('machine', '=', machine)
    .where('code', 'in', [...noteValues.keys()])
    .where('at', '<=', hall.now)
    .groupBy('code')
    .orderBy('code')
    .execute();
  const ever: Notes = Object.fromEntries(rows.map(({ code, notes }) => [code, Number(notes)]));
  const previous = await hall.tx
    .selectFrom('casino_stackers')
    .select('metered_ever')
    .where('hall_id', '=', hall.hall)
    .where('machine', '=', machine)
    .orderBy('id', 'desc')
    .executeTakeFirst();
  const before = (previous?.metered_ever ?? {}) as Notes;
  const metered = Object.fromEntries(
    Object.entries(ever).map(([code, notes]) => [code, notes - (before[code] ?? 0)]),
  );
  await hall.tx
    .insertInto('casino_stackers')
    .values({
      ...keyOf(hall),
      id: await nextId(hall, 'casino_stackers'),
      machine,
      removed_at: hall.now,
      metered: JSON.stringify(metered),
      metered_ever: JSON.stringify(ever),
    })
    .execute();
  return done;
}

/** When stackers of a machine were taken out that nobody has counted yet. */
export async function uncountedStackers({ tx, hall }: HallRef, machine: string): Promise<Date[]> {
  const rows = await tx
    .selectFrom('casino_stackers')
    .select('removed_at')
    .where('hall_id', '=', hall)
    .where('machine', '=', machine)
    .where('counted_at', 'is', null)
    .orderBy('id')
    .execute();
  return rows.map(({ removed_at }) => removed_at);
}

/** Metered notes by value in minor units. */
export function meteredByValue(stacker: Stacker, minorDigits: number): Notes {
  return Object.fromEntries(
    Object.entries(stacker.metered as Notes).map(([code, notes]) => [
      String(noteValues.get(code)! * 10 ** minorDigits),
      notes,
    ]),
  );
}

export const worthOf = (notes: Notes): number =>
  Object.entries(notes).reduce((sum, [value, number]) => sum + Number(value) * number, 0);

/** Two persons have counted a stacker: its money goes to the vault. */
export async function countStacker(hall: Hall, act: FactOf<'stacker.counted'>): Promise<Answer> {
  const stacker = await hall.tx
    .selectFrom('casino_stackers')
    .selectAll()
    .where('hall_id', '=', hall.hall)
    .where('machine', '=', act.machine)
    .where('counted_at', 'is', null)
    .orderBy('id')
    .executeTakeFirst();
  if (!stacker) return refused('not_removed');
  const lacking = lacksSecondPerson(act);
  if (lacking) return lacking;
  await hall.tx
    .updateTable('casino_stackers')
    .set({
      counted_at: hall.now,
      counted: JSON.stringify(act.notes),
      counted_by: act.by,
      approved_by: act.approvedBy ?? null,
    })
    .where('hall_id', '=', hall.hall)
    .where('id', '=', stacker.id)
    .execute();
  const counted = worthOf(act.notes);
  const metered = worthOf(meteredByValue(stacker, hall.settings.minorDigits));
  await post(hall, 'stacker.count', [
    [accounts.vault, counted],
    [accounts.billbox(act.machine), -metered],
    [accounts.dropVariance, metered - counted],
  ]);
  await judgeDrop(hall, act.machine, counted - metered);
  return done;
}
