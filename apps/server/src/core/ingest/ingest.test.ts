import type { ThingId } from '@vakhta/kernel';
import type { Observation } from '@vakhta/link';
import { VirtualClock } from '@vakhta/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Fixture, freshId, seedOrganisation } from '../../../test/fixture.ts';
import { createTestDatabase, type TestDatabase } from '../../../test/test-database.ts';
import { coreProjections } from '../core.ts';
import { thingState } from '../things/state-projection.ts';
import { ingest } from './ingest.ts';
import type { Projection } from './projection.ts';
import { catchUp, rebuildProjection } from './rebuild.ts';

const clock = new VirtualClock(Date.UTC(2026, 10, 25));
let test_: TestDatabase;
beforeAll(async () => {
  test_ = await createTestDatabase();
});
afterAll(() => test_.drop());

const brightness = (thing: ThingId, value: number): Observation => ({
  kind: 'property',
  thing,
  name: 'brightness',
  value,
  at: clock.now(),
});

const flicker = (thing: ThingId, number: number): Observation => ({
  kind: 'event',
  thing,
  name: 'flickered',
  data: { number },
  at: clock.now(),
});

const send = (
  { organisation, agent, stream }: Fixture,
  from: number,
  items: Observation[],
  projections: readonly Projection[] = coreProjections,
) => ingest({ organisation, agent, stream, from, items }, { database: test_.database, clock, projections });

const logOf = ({ organisation }: Fixture) =>
  test_.database.tenant(organisation, async (tx) => {
    const { rows } = await sql<{ seq: number; name: string; data: unknown; thing_id: string | null }>`
      select seq, name, data, thing_id from log order by id`.execute(tx);
    return rows;
  });

const stateOf = ({ organisation }: Fixture) =>
  test_.database.tenant(organisation, async (tx) => {
    const { rows } = await sql<{ thing_id: string; name: string; value: unknown }>`
      select thing_id, name, value from thing_state order by thing_id, name`.execute(tx);
    return rows;
  });

test('a repeated or overlapping batch is trimmed to what is new', async () => {
  const fixture = await seedOrganisation(test_.database);
  const [thing] = fixture.things;
  const items = [1, 2, 3, 4].map((number) => flicker(thing, number));
  expect(await send(fixture, 1, items.slice(0, 2))).toMatchObject({ state: 'committed', acknowledged: 2 });
  expect(await send(fixture, 1, items.slice(0, 2))).toMatchObject({
    state: 'committed',
    acknowledged: 2,
    logged: [],
  });
  expect(await send(fixture, 2, items.slice(1))).toMatchObject({ state: 'committed', acknowledged: 4 });
  expect((await logOf(fixture)).map((row) => [row.seq, row.data])).toEqual([
    [1, { number: 1 }],
    [2, { number: 2 }],
    [3, { number: 3 }],
    [4, { number: 4 }],
  ]);
});

test('a batch that leaves a gap is refused with the number expected, and nothing of it is kept', async () => {
  const fixture = await seedOrganisation(test_.database);
  const [thing] = fixture.things;
  await send(fixture, 1, [flicker(thing, 1)]);
  expect(await send(fixture, 3, [flicker(thing, 3)])).toEqual({ state: 'gap', expected: 2 });
  expect(await logOf(fixture)).toHaveLength(1);
});

test('of two batches sent at once over two connections each observation is kept once', async () => {
  const fixture = await seedOrganisation(test_.database);
  const [thing] = fixture.things;
  const items = Array.from({ length: 50 }, (_, index) => flicker(thing, index));
  await Promise.all([send(fixture, 1, items), send(fixture, 1, items), send(fixture, 1, items.slice(0, 20))]);
  expect((await logOf(fixture)).map((row) => row.seq)).toEqual(items.map((_, index) => index + 1));
});

test('the state holds the latest value of each property, null included', async () => {
  const fixture = await seedOrganisation(test_.database, { things: 2 });
  const [first, second] = fixture.things;
  await send(fixture, 1, [brightness(first, 10), brightness(second!, 20), brightness(first, 30)]);
  await send(fixture, 4, [{ ...brightness(second!, 0), value: null } as Observation]);
  const byThing = new Map((await stateOf(fixture)).map((row) => [row.thing_id, row.value]));
  expect(byThing).toEqual(
    new Map([
      [first, 30],
      [second!, null],
    ]),
  );
});

test('an agent cannot speak for a thing of another agent', async () => {
  const fixture = await seedOrganisation(test_.database);
  const other = await seedOrganisation(test_.database);
  await test_.database.tenant(fixture.organisation, async (tx) => {
    await sql`
      insert into agents (id, org_id, site_id, name, status) values (${other.agent.replace(/^./, 'f')}, ${fixture.organisation},
        ${fixture.site}, 'Second', 'enrolled')`.execute(tx);
    await sql`update things set agent_id = ${other.agent.replace(/^./, 'f')}`.execute(tx);
  });
  await send(fixture, 1, [brightness(fixture.things[0], 99), brightness(other.things[0], 99)]);
  expect(await stateOf(fixture)).toEqual([]);
  expect(await stateOf(other)).toEqual([]);
  expect((await logOf(fixture)).map((row) => row.thing_id)).toEqual([null, other.things[0]]);
});

test('what is said of a thing that is gone is kept in the log', async () => {
  const fixture = await seedOrganisation(test_.database);
  const gone = freshId<ThingId>();
  await send(fixture, 1, [flicker(gone, 1), brightness(gone, 1)]);
  expect((await logOf(fixture)).map((row) => row.thing_id)).toEqual([gone, gone]);
  expect(await stateOf(fixture)).toEqual([]);
});

test('a projection that fails is rolled back alone, recorded, and catches up from the log once mended', async () => {
  const fixture = await seedOrganisation(test_.database);
  const [thing] = fixture.things;
  let broken = true;
  const fragile: Projection = {
    name: 'fragile',
    tables: ['thing_presence'],
    takes: ['property'],
    async apply(tx, batch) {
      for (const entry of batch)
        await sql`
          insert into thing_presence (org_id, thing_id, online, at, log_id)
          values (${fixture.organisation}, ${thing}, true, now(), ${entry.id})
          on conflict (thing_id) do update set log_id = excluded.log_id`.execute(tx);
      if (broken) throw new Error('out of order');
    },
  };
  const projections = [fragile, thingState];
  expect(await send(fixture, 1, [brightness(thing, 1)], projections)).toMatchObject({
    state: 'committed',
    failures: [{ projection: 'fragile' }],
  });
  expect(await send(fixture, 2, [brightness(thing, 2)], projections)).toMatchObject({ failures: [] });
  expect(await stateOf(fixture)).toMatchObject([{ value: 2 }]);
  const presence = () =>
    test_.database.tenant(fixture.organisation, async (tx) => {
      const { rows } = await sql<{ log_id: number }>`select log_id from thing_presence`.execute(tx);
      return rows;
    });
  expect(await presence()).toEqual([]);
  expect(await catchUp(test_.database, fixture.organisation, projections)).toEqual([]);
  broken = false;
  expect(await catchUp(test_.database, fixture.organisation, projections)).toEqual(['fragile']);
  const afterCatchUp = await presence();
  expect(afterCatchUp).toHaveLength(1);
  await send(fixture, 3, [brightness(thing, 3)], projections);
  expect((await presence())[0]!.log_id).toBeGreaterThan(afterCatchUp[0]!.log_id);
});

test('rebuilding from the log gives the same rows and the same hash', async () => {
  const fixture = await seedOrganisation(test_.database, { things: 3 });
  const items = Array.from({ length: 200 }, (_, index) =>
    brightness(fixture.things[index % 3]!, (index * 37) % 101),
  );
  for (let from = 0; from < items.length; from += 17)
    await send(fixture, from + 1, items.slice(from, from + 17));
  const before = await stateOf(fixture);
  const result = await rebuildProjection(test_.database, fixture.organisation, thingState);
  expect(result).toMatchObject({ observations: 200, hashAfter: result.hashBefore });
  expect(await stateOf(fixture)).toEqual(before);
});

test('a rebuild shows a row that was changed behind the log’s back', async () => {
  const fixture = await seedOrganisation(test_.database);
  await send(fixture, 1, [brightness(fixture.things[0], 5)]);
  await test_.database.tenant(fixture.organisation, (tx) =>
    sql`update thing_state set value = '6'`.execute(tx),
  );
  const result = await rebuildProjection(test_.database, fixture.organisation, thingState);
  expect(result.hashAfter).not.toBe(result.hashBefore);
  expect(await stateOf(fixture)).toMatchObject([{ value: 5 }]);
});

test('the serving role can neither change nor remove what is in the log', async () => {
  const fixture = await seedOrganisation(test_.database);
  await send(fixture, 1, [flicker(fixture.things[0], 1)]);
  const attempt = (statement: string) =>
    test_.database.tenant(fixture.organisation, (tx) => sql.raw(statement).execute(tx));
  await expect(attempt(`update log set data = '{}'`)).rejects.toThrow(/permission denied/);
  await expect(attempt('delete from log')).rejects.toThrow(/permission denied/);
  await expect(attempt('truncate log')).rejects.toThrow(/permission denied/);
});
