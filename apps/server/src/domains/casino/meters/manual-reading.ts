import { clearAlert } from '../alerts/alerts.ts';
import { type Answer, done, type FactOf, lacksSecondPerson, refused } from '../facts/fact.ts';
import type { Hall } from '../hall/hall.ts';
import { findMachine } from '../hall/machine.ts';
import { limitOf, unitOf } from './meter-codes.ts';
import { applyReading } from './readings.ts';
import { addRow } from './rows.ts';

/** A reading that a person took and typed: an ordinary one of its time, or the last of an epoch that ended unseen. */
export async function typeReading(hall: Hall, act: FactOf<'reading.manual'>): Promise<Answer> {
  const lacking = lacksSecondPerson(act);
  if (lacking) return lacking;
  if (act.closesEpoch !== undefined) return closeGap(hall, act, act.closesEpoch);
  await applyReading(hall, act.machine, { at: seenAt(hall, act), values: act.meters });
  return done;
}

const seenAt = (hall: Hall, { observedAt }: FactOf<'reading.manual'>): Date =>
  observedAt === undefined ? hall.now : new Date(observedAt);

async function closeGap(hall: Hall, act: FactOf<'reading.manual'>, number: number): Promise<Answer> {
  const machine = await findMachine(hall, act.machine);
  const epoch = await hall.tx
    .selectFrom('casino_epochs')
    .selectAll()
    .where('hall_id', '=', hall.hall)
    .where('machine', '=', act.machine)
    .where('epoch', '=', number)
    .executeTakeFirst();
  if (!machine || epoch?.gap !== 'unknown') return refused('epoch_not_open_ended');

  const at = seenAt(hall, act);
  const closedAt = epoch.closed_at!;
  const last = epoch.last as Record<string, number>;
  const typed = Object.entries(act.meters)
    .filter(([code]) => unitOf(code) !== 'gauge' && last[code] !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  if (typed.some(([code, value]) => value < last[code]!)) return refused('below_last_reading');
  const terms = {
    epoch: number,
    denominationMinor: epoch.denomination_minor,
    parHoldPct: epoch.par_hold_pct,
  };
  const limits = { ...machine, ...terms };
  const most = (code: string) => limitOf(code, limits, closedAt.getTime(), at.getTime());
  if (typed.some(([code, value]) => value - last[code]! > most(code))) return refused('not_plausible');

  for (const [code, to] of typed)
    await addRow(
      hall,
      machine,
      { code, at, fromAt: closedAt, from: last[code]!, to, delta: to - last[code]!, kind: 'closing' },
      terms,
    );
  await hall.tx
    .updateTable('casino_epochs')
    .set({ closed_at: at, gap: 'closed', last: JSON.stringify({ ...last, ...Object.fromEntries(typed) }) })
    .where('hall_id', '=', hall.hall)
    .where('machine', '=', machine.id)
    .where('epoch', '=', number)
    .execute();
  const unknown = await hall.tx
    .selectFrom('casino_epochs')
    .select('epoch')
    .where('hall_id', '=', hall.hall)
    .where('machine', '=', machine.id)
    .where('gap', '=', 'unknown')
    .executeTakeFirst();
  if (!unknown) await clearAlert(hall, 'RAM_CLEAR_UNANNOUNCED', machine.id, hall.now);
  return done;
}
