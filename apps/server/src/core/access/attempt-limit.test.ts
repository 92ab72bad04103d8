import { minutes } from '@vakhta/kernel';
import { VirtualClock } from '@vakhta/testkit';
import { expect, test } from 'vitest';
import { AttemptLimit } from './attempt-limit.ts';

test('asking is refused after so many times, until the period is over', async () => {
  const clock = new VirtualClock(0);
  const limit = new AttemptLimit(clock, { times: 2, period: minutes(15) });
  expect([limit.begin('a'), limit.begin('a'), limit.begin('a'), limit.begin('b')]).toEqual([
    true,
    true,
    false,
    true,
  ]);
  await clock.advance(minutes(15));
  expect(limit.begin('a')).toBe(true);
});
