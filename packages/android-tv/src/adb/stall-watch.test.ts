import type { Clock } from '@vakhta/kernel';
import { VirtualClock } from '@vakhta/testkit';
import { beforeEach, expect, test } from 'vitest';
import { StallWatch } from './stall-watch.ts';

let clock: VirtualClock;
let stalls = 0;

beforeEach(() => {
  clock = new VirtualClock();
  stalls = 0;
});

const watchOn = (its: Clock) => new StallWatch(its, 1000, () => stalls++);

test('an owed answer that makes no progress is a stall after the limit, not before', async () => {
  watchOn(clock).owe();
  await clock.advance(999);
  expect(stalls).toBe(0);
  await clock.advance(1);
  expect(stalls).toBe(1);
});

test('a slow link that makes progress is not a stalled one', async () => {
  const watch = watchOn(clock);
  watch.owe();
  for (let i = 0; i < 20; i++) {
    await clock.advance(900);
    watch.progress();
  }
  expect(stalls).toBe(0);
});

test('silence while nothing is owed is peace, and the next debt has the whole limit', async () => {
  const watch = watchOn(clock);
  watch.owe();
  watch.settle();
  await clock.advance(5500);
  watch.owe();
  await clock.advance(900);
  expect(stalls).toBe(0);
  await clock.advance(100);
  expect(stalls).toBe(1);
});

test('a timer that fires late, after a sleep of the machine, waits for what has come meanwhile', async () => {
  let asleep = 0;
  const watch = watchOn({
    now: () => clock.now(),
    monotonic: () => clock.monotonic() + asleep,
    after: (delay, run) =>
      clock.after(delay, () => {
        run();
        // What the kernel kept for us is read right after the timers that were due.
        if (asleep > 0) watch.progress();
      }),
    every: (period, run) => clock.every(period, run),
  });
  watch.owe();
  asleep = 60_000;
  await clock.advance(1000);
  expect(stalls).toBe(0);
});

test('a busy watch keeps one timer, and none once stopped', async () => {
  let timersSet = 0;
  const watch = watchOn({
    now: () => clock.now(),
    monotonic: () => clock.monotonic(),
    after: (delay, run) => {
      timersSet++;
      return clock.after(delay, run);
    },
    every: (period, run) => clock.every(period, run),
  });
  for (let i = 0; i < 1000; i++) watch.owe();
  expect(timersSet).toBe(1);
  watch.stop();
  await clock.advance(10_000);
  expect(stalls).toBe(0);
  expect(timersSet).toBe(1);
});
