import type { FactOf } from '../facts/fact.ts';
import type { Hall } from '../hall/hall.ts';
import { findMachine, type Machine, saveMachine } from '../hall/machine.ts';
import { lockHandpay, resetHandpay } from '../handpays/handpays.ts';
import { lastValue } from '../meters/readings.ts';
import { loseSightOfTransfers } from '../transfers/evidence.ts';
import { clearAlert, openAlert } from './alerts.ts';
import { alertsClearedBy, alertsOpenedBy } from './exception-alerts.ts';

/** Told by the machine that its memory was, or had to be, cleared. */
const TELLS_OF_CLEAR = new Set(['3A', '7A', '31', '32', '33', '34']);

/** Something happened to the machine. Exceptions give time and kind; amounts come from meters alone. */
export async function takeException(
  hall: Hall,
  { machine: id, code }: FactOf<'exception'>,
  at: Date,
): Promise<void> {
  const machine = await findMachine(hall, id);
  if (!machine) return;
  for (const alert of alertsClearedBy(code)) await clearAlert(hall, alert.code, id, at);
  for (const alert of alertsOpenedBy(code))
    await openAlert(hall, {
      code: alert.code,
      subject: id,
      severity:
        alert.code === 'CONFIG_CHANGED' && (await hasCredits(hall, machine)) ? 'critical' : alert.severity,
      at,
      isCounted: true,
    });
  if (TELLS_OF_CLEAR.has(code)) {
    machine.clearTold = true;
    await saveMachine(hall, machine);
  }
  if (code === '51') await lockHandpay(hall, id, at);
  if (code === '52') await resetHandpay(hall, id, at);
  if (code === '18') await loseSightOfTransfers(hall, { machine: id });
}

async function hasCredits(hall: Hall, machine: Machine): Promise<boolean> {
  const credits = await lastValue(hall, machine.id, '0C');
  return credits !== undefined && credits.value !== 0;
}
