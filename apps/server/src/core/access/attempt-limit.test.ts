import { minutes } from '@vakhta/kernel';
import { VirtualClock } from '@vakhta/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/test-database.ts';
import { AttemptLimit, forgetPastAttempts } from './attempt-limit.ts';

let store: TestDatabase;
let clock: VirtualClock;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.drop());
beforeEach(async () => {
  clock = new VirtualClock(Date.UTC(2026, 10, 25));
  await store.database.owner((tx) => sql`delete from attempts`.execute(tx));
});

const limitOf = (failures: number, name = 'door') =>
  new AttemptLimit(store.database, clock, { name, failures });

test('attempts are refused after so many failures, until the period is over', async () => {
  const limit = limitOf(2);
  const begun = [];
  for (const key of ['a', 'a', 'a', 'b']) begun.push(await limit.begin(key));
  expect(begun).toEqual([true, true, false, true]);
  await clock.advance(minutes(15));
  expect(await limit.begin('a')).toBe(true);
});

test('what did not fail does not count', async () => {
  const limit = limitOf(1);
  for (let i = 0; i < 5; i++) {
    expect(await limit.begin('a')).toBe(true);
    await limit.forgive('a');
  }
});

test('servers count together, a hundred tries at once too; limits of different names do not', async () => {
  const servers = [limitOf(10), limitOf(10)];
  const begun = await Promise.all(Array.from({ length: 100 }, (_, i) => servers[i % 2]!.begin('a')));
  expect(begun.filter((one) => one)).toHaveLength(10);
  expect(await limitOf(10, 'another door').begin('a')).toBe(true);
});

test('nothing is kept of a period that is over, nor whom it was about', async () => {
  await limitOf(1).begin('anna@example.org');
  const kept = () =>
    store.database.owner(async (tx) => (await sql`select * from attempts`.execute(tx)).rows as object[]);
  expect(JSON.stringify(await kept())).not.toContain('anna');
  await clock.advance(minutes(15));
  await forgetPastAttempts(store.database, clock);
  expect(await kept()).toEqual([]);
});
