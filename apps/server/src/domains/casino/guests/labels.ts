import { GuestColour, type GuestLabel, GuestLabelKind } from '@vakhta/api';
import { HttpProblem } from '../../../platform/http/http-problem.ts';
import { type HallRef, keyOf } from '../hall/hall.ts';

/** Statuses and groups of the hall's guests in their order, each with how many guests have it. */
export async function listLabels({ tx, hall }: HallRef): Promise<GuestLabel[]> {
  const labels = await tx
    .selectFrom('casino_guest_labels')
    .selectAll()
    .select((eb) =>
      eb
        .selectFrom('casino_guest_cards as c')
        .select((count) => count.fn.countAll<number>().as('guests'))
        .where((or) =>
          or.or([
            or('c.status_id', '=', or.ref('casino_guest_labels.id')),
            or('c.group_id', '=', or.ref('casino_guest_labels.id')),
          ]),
        )
        .as('guests'),
    )
    .where('hall_id', '=', hall)
    .orderBy('kind')
    .orderBy('place')
    .orderBy('name')
    .execute();
  return labels.map(({ id, kind, name, colour, letter, service, place, archived, guests }) => ({
    id,
    kind: GuestLabelKind.parse(kind),
    name,
    colour: GuestColour.parse(colour),
    letter,
    service,
    place,
    archived,
    guests: guests ?? 0,
  }));
}

/** Adds a label under an id of the caller's choosing, or changes the one that has it. Its kind stays. */
export async function writeLabel(
  ref: HallRef,
  id: string,
  { kind, ...label }: Omit<GuestLabel, 'id' | 'guests'>,
): Promise<void> {
  const { tx, hall } = ref;
  const sameName = await tx
    .selectFrom('casino_guest_labels')
    .select('id')
    .where('hall_id', '=', hall)
    .where('kind', '=', kind)
    .where('name', '=', label.name)
    .where('id', '<>', id)
    .executeTakeFirst();
  if (sameName) throw new HttpProblem('already_used', `there is a ${kind} of that name`, { field: 'name' });
  const { numUpdatedRows } = await tx
    .updateTable('casino_guest_labels')
    .set(label)
    .where('hall_id', '=', hall)
    .where('kind', '=', kind)
    .where('id', '=', id)
    .executeTakeFirst();
  if (numUpdatedRows > 0n) return;
  const added = await tx
    .insertInto('casino_guest_labels')
    .values({ ...keyOf(ref), id, kind, ...label })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  if (!added.numInsertedOrUpdatedRows)
    throw new HttpProblem('already_used', 'the id is taken', { field: 'label' });
}
