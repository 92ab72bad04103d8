import type { Hall } from '../hall/hall.ts';
import { clearAlert, openAlert } from './alerts.ts';

/** Game days over which a machine's hold is judged: in fewer, chance explains too much. */
export const HOLD_JUDGED_DAYS = 30;

/** A stacker held another sum than its machine metered; over when the next one of that machine is in order. */
export const judgeDrop = (hall: Hall, machine: string, differenceMinor: number): Promise<void> => {
  const isOff =
    differenceMinor !== 0 && Math.abs(differenceMinor) >= hall.settings.policy.dropInvestigateAtMinor;
  return isOff
    ? openAlert(hall, { code: 'DROP_VARIANCE', subject: machine, severity: 'high', at: hall.now })
    : clearAlert(hall, 'DROP_VARIANCE', machine, hall.now);
};

/** A drawer was counted over or short; over when the shift is closed, which needs a second person then. */
export const judgeShift = (hall: Hall, desk: string, overMinor: number): Promise<void> => {
  const { shiftToleranceMinor, shiftReportAtMinor } = hall.settings.policy;
  const amount = Math.abs(overMinor);
  if (amount <= shiftToleranceMinor) return Promise.resolve();
  const severity = shiftReportAtMinor !== null && amount >= shiftReportAtMinor ? 'high' : 'warning';
  return openAlert(hall, { code: 'SHIFT_OVER_SHORT', subject: desk, severity, at: hall.now });
};

export const settleShift = (hall: Hall, desk: string): Promise<void> =>
  clearAlert(hall, 'SHIFT_OVER_SHORT', desk, hall.now);

/** A machine keeps another share than its paytable says; judged whenever a game day is closed. */
export const judgeHold = (
  hall: Hall,
  { machine, isOff }: { machine: string; isOff: boolean },
): Promise<void> =>
  isOff
    ? openAlert(hall, { code: 'HOLD_VARIANCE', subject: machine, severity: 'warning', at: hall.now })
    : clearAlert(hall, 'HOLD_VARIANCE', machine, hall.now);
