import type { Clock } from '@vakhta/kernel';
import { beforeEach, expect, test } from 'vitest';
import { StallWatch } from './stall-watch.ts';

let now = 0;
let timers: { at: number; run: () => void }[] = [];
let stalls = 0;
const clock: Clock = {
  now: () => now,
  monotonic: () => now,
  after: (delay, run) => {
    const timer = { at: now + delay, run };
    timers.push(timer);
    return {
      cancel: () => {
        timers = timers.filter((other) => other !== timer);
      },
    };
  },
  every: () => ({ cancel: () => {} }),
};

function passTo(time: number): void {
  for (let due = timers.find(({ at }) => at <= time); due; due = timers.find(({ at }) => at <= time)) {
    const { at, run } = due;
    timers = timers.filter((timer) => timer !== due);
    now = Math.max(now, at);
    run();
  }
  now = time;
}

beforeEach(() => {
  now = 0;
  timers = [];
  stalls = 0;
});

test('an owed answer that makes no progress is a stall after the limit, not before', () => {
  const watch = new StallWatch(clock, 1000, () => stalls++);
  watch.owe();
  passTo(999);
  expect(stalls).toBe(0);
  passTo(1000);
  expect(stalls).toBe(1);
});

test('a slow link that makes progress is not a stalled one', () => {
  const watch = new StallWatch(clock, 1000, () => stalls++);
  watch.owe();
  for (let time = 900; time < 20_000; time += 900) {
    passTo(time);
    watch.progress();
  }
  expect(stalls).toBe(0);
});

test('silence while nothing is owed is peace, and the next debt has the whole limit', () => {
  const watch = new StallWatch(clock, 1000, () => stalls++);
  watch.owe();
  watch.settle();
  passTo(5500);
  watch.owe();
  passTo(6400);
  expect(stalls).toBe(0);
  passTo(6500);
  expect(stalls).toBe(1);
});

test('a timer that fires late, after a sleep of the machine, waits for what has come meanwhile', () => {
  const watch = new StallWatch(clock, 1000, () => stalls++);
  watch.owe();
  now = 60_000;
  const [late] = timers;
  timers = [];
  late?.run();
  watch.progress();
  passTo(60_500);
  expect(stalls).toBe(0);
  passTo(61_000);
  expect(stalls).toBe(1);
});

test('a busy watch keeps one timer', () => {
  const watch = new StallWatch(clock, 1000, () => stalls++);
  for (let i = 0; i < 1000; i++) watch.owe();
  expect(timers).toHaveLength(1);
  watch.stop();
  expect(timers).toHaveLength(0);
});
