import { AppError, seconds, sleep } from '@vakhta/kernel';
import type { ActionOutcome } from '@vakhta/things';
import { type ActingTv, failed, observed } from './acting-tv.ts';
import { powerOff } from './power.ts';
import { awaitStarted } from './restart.ts';

const noRelay = failed('tv.no_relay', 'this TV has no mains relay');

/** Cutting the mains of a TV that is awake is hard on its storage: it goes to standby first, where it can be asked. */
async function toStandby(tv: ActingTv): Promise<void> {
  if (tv.tv.value('mains') === 'off' || tv.tv.value('power') === 'asleep') return;
  if (!(await tv.parts.connected(0))) return;
  try {
    await powerOff(tv);
  } catch (error) {
    // A TV that hangs is the very reason to cut its mains.
    if (!(error instanceof AppError)) throw error;
  }
}

async function switchMains(tv: ActingTv, on: boolean): Promise<ActionOutcome> {
  const { relay, reportMains, startExpected } = tv.parts;
  if (!relay) return noRelay;
  if (on) startExpected();
  else await toStandby(tv);
  tv.markSent();
  await relay.switch.set(on);
  const state = await reportMains();
  if (state === on) return observed({ mains: on ? 'on' : 'off' });
  return failed('tv.not_observed', 'the relay does not show what was asked', { mains: state ?? null });
}

export const mainsOn = (tv: ActingTv): Promise<ActionOutcome> => switchMains(tv, true);
export const mainsOff = (tv: ActingTv): Promise<ActionOutcome> => switchMains(tv, false);

/** Off, a pause for the capacitors, on, and the TV is back when it answers and says that it has booted. */
export async function mainsCycle(tv: ActingTv): Promise<ActionOutcome> {
  const { relay, context } = tv.parts;
  if (!relay) return noRelay;
  const off = await switchMains(tv, false);
  if (off.state !== 'succeeded') return off;
  try {
    await sleep(tv.clock, relay.offFor, context.signal);
  } finally {
    // Whatever becomes of the command, a TV is not left without mains by a restart.
    await switchMains(tv, true);
  }
  return (await awaitStarted(tv, seconds(180)))
    ? observed({ mains: 'on' }, 'the TV started and answers')
    : failed('tv.not_started', 'the mains are back, but the TV does not answer yet', { mains: 'on' });
}
