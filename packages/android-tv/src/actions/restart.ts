import { type Duration, milliseconds, seconds, sleep } from '@vakhta/kernel';
import type { ActionOutcome } from '@vakhta/things';
import { AdbError } from '../adb/index.ts';
import { type ActingTv, failed, observed } from './acting-tv.ts';

/** The TV answers and says that it has booted. */
export async function awaitStarted(tv: ActingTv, within: Duration): Promise<boolean> {
  const end = tv.clock.monotonic() + Math.min(within, tv.remaining);
  for (;;) {
    const left = end - tv.clock.monotonic();
    if (left <= 0 || !(await tv.parts.connected(left))) return false;
    try {
      await tv.read('power', 'uptime');
      if (tv.tv.knowledge.reading.bootCompleted !== false) return true;
    } catch (error) {
      if (!(error instanceof AdbError)) throw error;
    }
    await sleep(tv.clock, milliseconds(500), tv.parts.context.signal);
  }
}

export async function reboot(tv: ActingTv): Promise<ActionOutcome> {
  const device = await tv.device();
  tv.parts.startExpected();
  tv.markSent();
  await device.reboot();
  // A set that took the request and stays is one that refused it without a word.
  const gone = await Promise.race([
    device.closed.then(() => true),
    sleep(tv.clock, Math.min(seconds(15), tv.remaining), tv.parts.context.signal).then(() => false),
  ]);
  if (!gone) return failed('tv.not_observed', 'the TV took the request but does not restart');
  return (await awaitStarted(tv, seconds(180)))
    ? observed({ uptime: tv.tv.knowledge.reading.uptimeSeconds ?? null }, 'the TV restarted and answers')
    : failed('tv.not_started', 'the TV went away for its restart and does not answer yet');
}
