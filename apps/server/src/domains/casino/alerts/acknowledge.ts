import { type Answer, done, type FactOf, refused } from '../facts/fact.ts';
import type { Hall } from '../hall/hall.ts';

/** Somebody takes an open alert on; who did so first stays on it. */
export async function acknowledgeAlert(
  hall: Hall,
  { code, subject, by, note }: FactOf<'alert.acknowledge'>,
): Promise<Answer> {
  const { numUpdatedRows } = await hall.tx
    .updateTable('casino_alerts')
    .set({ acknowledged_at: hall.now, acknowledged_by: by, note: note ?? null })
    .where('hall_id', '=', hall.hall)
    .where('code', '=', code)
    .where('subject', '=', subject)
    .where('cleared_at', 'is', null)
    .where('acknowledged_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n ? done : refused('alert_not_waiting');
}
