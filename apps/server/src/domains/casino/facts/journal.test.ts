import { afterAll, beforeAll, expect, test } from 'vitest';
import { seedHall } from '../../../../test/casino/hall-fixture.ts';
import { createTestDatabase, type TestDatabase } from '../../../../test/test-database.ts';
import { sessions } from '../reports/sessions.ts';

let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.drop());

test('what an agent dates after its arrival was so when it arrived: play is the guest’s who sat there', async () => {
  const { record, read } = await seedHall(store.database);
  const reading = (minutes: number, coinIn: number, dated: number) =>
    record(minutes, { kind: 'reading', machine: 'M01', meters: { '00': coinIn } }, dated);
  await reading(1, 1000, 1);
  await record(2, { kind: 'bind', machine: 'M01', player: 'P1' });
  await reading(3, 1100, 5);
  await record(4, { kind: 'unbind', machine: 'M01' });
  const [session] = await read((hall) => sessions(hall, { player: 'P1' }));
  expect(session).toMatchObject({ machine: 'M01', coinInMinor: 500 });
});
