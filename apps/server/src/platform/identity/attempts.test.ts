import { minutes } from '@vakhta/kernel';
import { VirtualClock } from '@vakhta/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/test-database.ts';
import { createAttempts, forgetPastAttempts } from './attempts.ts';

let store: TestDatabase;
const clock = new VirtualClock(Date.UTC(2026, 10, 26));
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.drop());

const limit = (kind: string) => createAttempts(store.database.pool, clock, { kind, failures: 3 });
const begin = async (attempts: ReturnType<typeof limit>, times: number, key = 'anna') => {
  const outcomes: boolean[] = [];
  for (let i = 0; i < times; i++) outcomes.push(await attempts.begin(key));
  return outcomes;
};

test('attempts are refused after so many failures, until the period is over', async () => {
  const attempts = limit('period');
  expect(await begin(attempts, 4)).toEqual([true, true, true, false]);
  expect([await attempts.isSpent('anna'), await attempts.isSpent('boris')]).toEqual([true, false]);
  expect(await begin(attempts, 1, 'boris')).toEqual([true]);
  await clock.advance(minutes(15));
  expect(await attempts.isSpent('anna')).toBe(false);
  expect(await begin(attempts, 4)).toEqual([true, true, true, false]);
});

test('what did not fail does not count, and what was cleared never was', async () => {
  const attempts = limit('forgiven');
  for (let i = 0; i < 10; i++) {
    expect(await attempts.begin('anna')).toBe(true);
    await attempts.forgive('anna');
  }
  await begin(attempts, 3);
  await attempts.clear('anna');
  expect(await begin(attempts, 4)).toEqual([true, true, true, false]);
});

test('two servers on one database count together, and a restart forgets nothing', async () => {
  const [first, second] = [limit('nodes'), limit('nodes')];
  expect([...(await begin(first, 2)), ...(await begin(second, 2))]).toEqual([true, true, true, false]);
  expect(await limit('nodes').begin('anna')).toBe(false);
});

test('of a hundred attempts at once no more are let through than of a hundred in turn', async () => {
  const [first, second] = [limit('at once'), limit('at once')];
  const outcomes = await Promise.all(
    Array.from({ length: 100 }, (_, n) => (n % 2 === 0 ? first : second).begin('anna')),
  );
  expect(outcomes.filter(Boolean)).toHaveLength(3);
});

test('what is kept names nobody, and goes when it is over', async () => {
  await limit('hashed').begin('anna@example.org');
  const rows = async () =>
    (
      await store.database.pool.query<{ line: string }>(
        'select to_jsonb(a)::text as line from auth.attempts a',
      )
    ).rows;
  expect((await rows()).map(({ line }) => line).join()).not.toContain('anna');
  await forgetPastAttempts(store.database.pool, clock.now() + minutes(15));
  expect(await rows()).toEqual([]);
});
