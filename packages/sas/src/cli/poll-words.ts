import type { PollFailureCode } from '../host/index.ts';

/** Why a poll brought nothing, for people. */
export const pollFailureWords: Readonly<Record<PollFailureCode, string>> = {
  'sas.silent': 'no answer: the machine does not know this poll, or is not there',
  'sas.damaged': 'answers came, and none was whole: run sas doctor',
  'sas.refused': 'the machine refused it (NACK)',
  'sas.busy': 'the machine is busy: in its menu, a tilt, or with a player',
  'sas.expired': 'its time passed before it could be sent and answered',
  'sas.down': 'the machine does not answer at all',
  'sas.stopped': 'stopped',
};
