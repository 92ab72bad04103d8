import { type Hall, keyOf, nextId } from '../hall/hall.ts';

export type AlertSeverity = 'info' | 'warning' | 'high' | 'critical';
const RANKS: readonly AlertSeverity[] = ['info', 'warning', 'high', 'critical'];

export interface AlertOpening {
  code: string;
  subject: string;
  severity: AlertSeverity;
  at: Date;
  /** What comes of exceptions and refused orders is counted while the alert is open. */
  isCounted?: boolean;
}

/** Opens an alert, or counts and if need be raises the open one of the same code and subject; one that is raised waits again. */
export async function openAlert(hall: Hall, opening: AlertOpening): Promise<void> {
  const open = await hall.tx
    .selectFrom('casino_alerts')
    .select(['id', 'severity', 'count'])
    .where('hall_id', '=', hall.hall)
    .where('code', '=', opening.code)
    .where('subject', '=', opening.subject)
    .where('cleared_at', 'is', null)
    .executeTakeFirst();
  if (!open) {
    await hall.tx
      .insertInto('casino_alerts')
      .values({
        ...keyOf(hall),
        id: await nextId(hall, 'casino_alerts'),
        code: opening.code,
        subject: opening.subject,
        severity: opening.severity,
        opened_at: opening.at,
      })
      .execute();
    return;
  }
  const rank = (severity: string) => RANKS.indexOf(severity as AlertSeverity);
  const isWorse = rank(opening.severity) > rank(open.severity);
  await hall.tx
    .updateTable('casino_alerts')
    .set({
      ...(isWorse && {
        severity: opening.severity,
        acknowledged_at: null,
        acknowledged_by: null,
        note: null,
      }),
      count: open.count + (opening.isCounted ? 1 : 0),
    })
    .where('hall_id', '=', hall.hall)
    .where('id', '=', open.id)
    .execute();
}

/** Clears the open alert of that code and subject, if there is one. */
export async function clearAlert(hall: Hall, code: string, subject: string, at: Date): Promise<void> {
  await hall.tx
    .updateTable('casino_alerts')
    .set({ cleared_at: at })
    .where('hall_id', '=', hall.hall)
    .where('code', '=', code)
    .where('subject', '=', subject)
    .where('cleared_at', 'is', null)
    .execute();
}
