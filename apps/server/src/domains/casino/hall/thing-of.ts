import type { ThingId } from '@vakhta/kernel';
import type { HallRef } from './hall.ts';

/** The thing each machine is heard through now: where an agent was replaced, the newest. */
export async function thingsOf({ tx, hall }: HallRef, machine?: string): Promise<Map<string, ThingId>> {
  let query = tx
    .selectFrom('casino_things as t')
    .innerJoin('things', 'things.id', 't.thing_id')
    .select(['t.machine', 't.thing_id'])
    .where('t.hall_id', '=', hall)
    .orderBy('things.created_at');
  if (machine !== undefined) query = query.where('t.machine', '=', machine);
  return new Map((await query.execute()).map((row) => [row.machine, row.thing_id as ThingId]));
}
