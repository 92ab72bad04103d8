import type { Clock } from '@vakhta/kernel';
import type { Principal } from '../../../core/access/principal.ts';
import { notFound } from '../../../platform/http/http-problem.ts';
import type { Database } from '../../../platform/postgres/database.ts';
import { type HallRef, type HallSettings, readSettings } from '../hall/hall.ts';

export type HallView = HallRef & { settings: HallSettings; now: Date };

/** Works in a hall of the caller's organisation; 404 where there is none of that id. */
export function inHall<T>(
  { database, clock }: { database: Database; clock: Clock },
  { organisation }: Principal,
  hall: string,
  work: (hall: HallView) => Promise<T>,
): Promise<T> {
  return database.tenant(organisation, async (tx) => {
    const known = await tx
      .selectFrom('casino_settings')
      .select('hall_id')
      .where('hall_id', '=', hall)
      .executeTakeFirst();
    if (!known) throw notFound('hall');
    const ref = { tx, organisation, hall };
    return work({ ...ref, settings: await readSettings(ref), now: new Date(clock.now()) });
  });
}
