import { AppError, type Duration, milliseconds, seconds, sleep, systemClock } from '@vakhta/kernel';

const LOOK_EVERY = milliseconds(20);

/**
 * Waits until something outside of this process is so: asks again and again and gives the first answer that is neither
 * false nor undefined. Throws 'testkit.never_so' when the patience is at its end; how long it really takes says nothing.
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T | false | undefined> | T | false | undefined,
  patience: Duration = seconds(60),
): Promise<T> {
  const end = systemClock.monotonic() + patience;
  for (;;) {
    const answer = await ask();
    if (answer !== false && answer !== undefined) return answer;
    if (systemClock.monotonic() > end)
      throw new AppError('testkit.never_so', `waited ${patience / 1000} s in vain until ${what}`);
    await sleep(systemClock, LOOK_EVERY);
  }
}
