import { createClient, casinoFloorRoutes as floor } from '@vakhta/api';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { MirrorSettings } from '../../src/domains/casino/mirror/hall-mirrors.ts';
import { type Fixture, seedOrganisation } from '../fixture.ts';
import { createPerson, joinWithToken, type RunningDesk, startDesk } from '../running-desk.ts';
import { createTestDatabase, type TestDatabase } from '../test-database.ts';
import { fillHall } from './hall-fixture.ts';

let target: TestDatabase;
let desk: RunningDesk;
beforeAll(async () => {
  target = await createTestDatabase();
});
afterEach(() => desk.stop());
afterAll(() => target.drop());

const SCHEMA = 'books';
const WITHIN = { timeout: 20_000 };
const inTarget = async (query: string) => (await target.database.pool.query(query)).rows;

/** A desk with a hall that has seen a day, and what its manager is told of the mirror. */
async function deskWith(casinoMirror: MirrorSettings | undefined) {
  desk = await startDesk({ casinoMirror });
  const fixture: Fixture = await seedOrganisation(desk.database);
  await fillHall(desk.database, fixture);
  const { organisation, site: hall } = fixture;
  const { token } = await joinWithToken(desk, organisation, await createPerson(desk), ['manager']);
  const client = createClient({ server: desk.url, token });
  return {
    organisation,
    hall,
    mirror: async () => (await client.call(floor.readMirror, { params: { hall } })).mirror,
  };
}

test('the books of a hall arrive in the customer’s own database, and balance there', async () => {
  const { organisation, hall, mirror } = await deskWith({ url: target.url, schema: SCHEMA });
  await vi.waitFor(
    async () => expect(await mirror()).toMatchObject({ state: 'level', rowsBehind: 0, behindSince: null }),
    WITHIN,
  );
  const ours = await desk.database.tenant(organisation, async (tx) => ({
    journal: await tx.selectFrom('casino_facts').select('id').where('hall_id', '=', hall).execute(),
    ledger: await tx.selectFrom('casino_legs').select('amount_minor').where('hall_id', '=', hall).execute(),
    days: await tx.selectFrom('casino_closed_days').select('rows_hash').where('hall_id', '=', hall).execute(),
  }));
  const count = async (table: string) => (await inTarget(`select from ${SCHEMA}.${table}`)).length;
  expect(await count('casino_journal')).toBe(ours.journal.length);
  expect(await count('casino_ledger')).toBe(ours.ledger.length);
  expect(await inTarget(`select sum(amount_minor)::int as sum from ${SCHEMA}.casino_ledger`)).toEqual([
    { sum: 0 },
  ]);
  expect(await inTarget(`select rows_hash from ${SCHEMA}.casino_closed_day`)).toEqual(ours.days);
  expect(
    await inTarget(`select value::int from ${SCHEMA}.casino_meter_reading
                    where machine = 'M01' and code = '00' order by at limit 2`),
  ).toEqual([{ value: 1000 }, { value: 1100 }]);
});

test('a target out of reach is told with the reason', async () => {
  const { mirror } = await deskWith({ url: 'postgres://nobody:nothing@127.0.0.1:9/none', schema: SCHEMA });
  await vi.waitFor(
    async () =>
      expect(await mirror()).toMatchObject({
        state: 'waiting',
        error: expect.stringContaining('127.0.0.1'),
        behindSince: expect.any(String),
      }),
    WITHIN,
  );
});

test('without a target there is none', async () => {
  const { mirror } = await deskWith(undefined);
  expect(await mirror()).toBeNull();
});
