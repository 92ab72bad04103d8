import { sleep } from '@vakhta/kernel';
import { expect, test } from 'vitest';
import { VirtualClock } from './virtual-clock.ts';

test('timers run in the order they fall due, and equal ones in the order they were set', async () => {
  const clock = new VirtualClock();
  const ran: string[] = [];
  clock.after(20, () => ran.push('late'));
  clock.after(10, () => ran.push('early'));
  clock.after(10, () => ran.push('early, set second'));
  await clock.advance(15);
  expect(ran).toEqual(['early', 'early, set second']);
  await clock.advance(5);
  expect(ran).toEqual(['early', 'early, set second', 'late']);
});

test('what a promise sets off runs before time goes on', async () => {
  const clock = new VirtualClock(0);
  const seen: number[] = [];
  const work = async () => {
    for (let i = 0; i < 3; i++) {
      await sleep(clock, 10);
      seen.push(clock.now());
    }
  };
  const done = work();
  await clock.advance(100);
  await done;
  expect(seen).toEqual([10, 20, 30]);
});

test('a repeating timer keeps its beat until it is cancelled, also from within', async () => {
  const clock = new VirtualClock();
  let beats = 0;
  const timer = clock.every(10, () => {
    beats += 1;
    if (beats === 3) timer.cancel();
  });
  await clock.advance(1000);
  expect(beats).toBe(3);
});

test('a jump of the wall clock moves neither timers nor the monotonic clock', async () => {
  const clock = new VirtualClock(1_000_000);
  let ran = false;
  clock.after(50, () => {
    ran = true;
  });
  clock.jump(3_600_000);
  expect(clock.now()).toBe(4_600_000);
  expect(clock.monotonic()).toBe(0);
  await clock.advance(49);
  expect(ran).toBe(false);
  await clock.advance(1);
  expect(ran).toBe(true);
});

test('waiting for what never happens fails and does not hang', async () => {
  const clock = new VirtualClock();
  clock.every(10, () => {});
  await expect(clock.advanceUntil(() => false, 1000)).rejects.toThrow('did not happen within 1000 ms');
});
