import type { Clock, Timer } from './clock.ts';

const timer = (
  handle: ReturnType<typeof setTimeout>,
  clear: (handle: ReturnType<typeof setTimeout>) => void,
): Timer => ({
  cancel: () => clear(handle),
});

/** The machine's own clock; handed out by composition roots only. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: (delay, run) => timer(setTimeout(run, delay), clearTimeout),
  every: (period, run) => timer(setInterval(run, period), clearInterval),
};
