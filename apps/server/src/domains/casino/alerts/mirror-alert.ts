import type { FactOf } from '../facts/fact.ts';
import type { Hall } from '../hall/hall.ts';
import { clearAlert, openAlert } from './alerts.ts';

const CODE = 'MIRROR_BEHIND';
const SUBJECT = 'mirror';

/** Whether the customer's own database has all of the books. */
export const noteMirror = (hall: Hall, { state }: FactOf<'mirror'>): Promise<void> =>
  state === 'behind'
    ? openAlert(hall, { code: CODE, subject: SUBJECT, severity: 'warning', at: hall.now })
    : clearAlert(hall, CODE, SUBJECT, hall.now);
