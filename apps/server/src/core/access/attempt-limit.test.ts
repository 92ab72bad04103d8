import { minutes } from '@vakhta/kernel';
import { VirtualClock } from '@vakhta/testkit';
import { expect, test } from 'vitest';
import { AttemptLimit } from './attempt-limit.ts';

test('attempts are refused after so many failures, until the period is over', async () => {
  const clock = new VirtualClock(0);
  const limit = new AttemptLimit(clock, { failures: 2, period: minutes(15) });
  expect([limit.begin('a'), limit.begin('a'), limit.begin('a'), limit.begin('b')]).toEqual([
    true,
    true,
    false,
    true,
  ]);
  await clock.advance(minutes(15));
  expect(limit.begin('a')).toBe(true);
});

test('what did not fail does not count', () => {
  const limit = new AttemptLimit(new VirtualClock(0), { failures: 1 });
  for (let i = 0; i < 5; i++) {
    expect(limit.begin('a')).toBe(true);
    limit.forgive('a');
  }
});
