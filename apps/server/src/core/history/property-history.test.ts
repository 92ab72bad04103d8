import { days, hours, minutes, seconds, type ThingId } from '@vakhta/kernel';
import type { Observation } from '@vakhta/link';
import { VirtualClock } from '@vakhta/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Fixture, seedOrganisation } from '../../../test/fixture.ts';
import { createTestDatabase, type TestDatabase } from '../../../test/test-database.ts';
import { ingest } from '../ingest/ingest.ts';
import type { Projection } from '../ingest/projection.ts';
import { catchUp, rebuildProjection } from '../ingest/rebuild.ts';
import { readHistory } from './property-history.ts';
import { propertyRollups } from './property-rollups.ts';

const START = Date.UTC(2026, 9, 5);
const clock = new VirtualClock(START + days(40));
let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.drop());

type Scalar = string | number | null;
const said = (thing: ThingId, at: number, value: Scalar, name = 'brightness'): Observation => ({
  kind: 'property',
  thing,
  name,
  value,
  at,
});

/** Sends everything by the real way, some at a time. */
async function send(
  { organisation, agent, stream }: Fixture,
  items: readonly Observation[],
  options: { from?: number; size?: number; projections?: readonly Projection[] } = {},
): Promise<void> {
  const { from = 1, size = 400, projections = [propertyRollups] } = options;
  for (let i = 0; i < items.length; i += size) {
    const batch = { organisation, agent, stream, from: from + i, items: items.slice(i, i + size) };
    const result = await ingest(batch, { database: store.database, clock, projections });
    expect(result.state).toBe('committed');
  }
}

const ask = (
  { organisation, things }: Fixture,
  from: number,
  to: number,
  points = 100,
  name = 'brightness',
) =>
  store.database.tenant(organisation, (tx) =>
    readHistory(tx, { thing: things[0], kind: 'property', name, from, to, points }),
  );

const rollups = ({ organisation }: Fixture) =>
  store.database.tenant(organisation, async (tx) => {
    const { rows } = await sql`
      select thing_id, name, width, start, count, min, max, sum, last, last_at, last_id from property_rollups
      order by thing_id, name, width, start`.execute(tx);
    return rows;
  });

/** A figure every ten minutes for thirty days: a saw between 0 and 99. */
const month = (thing: ThingId): Observation[] =>
  Array.from({ length: 30 * 144 }, (_, index) => said(thing, START + index * minutes(10), index % 100));

test('few observations are given as they are, with what was before the span', async () => {
  const fixture = await seedOrganisation(store.database);
  const [thing] = fixture.things;
  await send(fixture, [
    said(thing, START, 3),
    said(thing, START + seconds(10), 5),
    said(thing, START + seconds(20), null),
    said(thing, START + seconds(30), 7),
  ]);
  const history = await ask(fixture, START + seconds(5), START + seconds(30));
  expect(history).toEqual({
    from: new Date(START + seconds(5)).toISOString(),
    to: new Date(START + seconds(30)).toISOString(),
    bucket: null,
    before: { at: new Date(START).toISOString(), value: 3 },
    points: [
      { at: new Date(START + seconds(10)).toISOString(), value: 5, count: 1, min: 5, max: 5, mean: 5 },
      {
        at: new Date(START + seconds(20)).toISOString(),
        value: null,
        count: 1,
        min: null,
        max: null,
        mean: null,
      },
    ],
  });
});

test('a month is gathered from rollups into what the log itself comes to', async () => {
  const fixture = await seedOrganisation(store.database);
  const items = month(fixture.things[0]);
  await send(fixture, items);
  const history = await ask(fixture, START, START + days(30), 360);
  expect(history.bucket).toBe(hours(2));
  expect(history.points).toHaveLength(360);
  const byHand = Map.groupBy(items as { at: number; value: number }[], ({ at }) => at - (at % hours(2)));
  expect(history.points).toEqual(
    [...byHand].map(([at, of]) => {
      const values = of.map(({ value }) => value);
      return {
        at: new Date(at).toISOString(),
        value: values.at(-1),
        count: of.length,
        min: Math.min(...values),
        max: Math.max(...values),
        mean: expect.closeTo(values.reduce((a, b) => a + b) / of.length, 9),
      };
    }),
  );
});

test('a day of many observations is gathered from the log, finer than any rollup', async () => {
  const fixture = await seedOrganisation(store.database);
  const [thing] = fixture.things;
  await send(
    fixture,
    Array.from({ length: 1200 }, (_, index) => said(thing, START + index * seconds(5), index)),
  );
  const history = await ask(fixture, START, START + seconds(6000), 100);
  expect(history.bucket).toBe(minutes(1));
  expect(history.points.map(({ min, max, value }) => [min, max, value])).toEqual(
    Array.from({ length: 100 }, (_, index) => [index * 12, index * 12 + 11, index * 12 + 11]),
  );
});

test('what is no figure is gathered by its last value', async () => {
  const fixture = await seedOrganisation(store.database);
  const [thing] = fixture.things;
  const words = ['on', 'off', null];
  await send(
    fixture,
    Array.from({ length: 900 }, (_, index) =>
      said(thing, START + index * hours(0.5), words[index % 3]!, 'lamp'),
    ),
  );
  const history = await ask(fixture, START, START + hours(450), 50, 'lamp');
  expect(history.bucket).toBe(hours(12));
  expect(history.points[0]).toMatchObject({ value: words[23 % 3], count: 24, min: null, mean: null });
});

test('rollups are the same however the log was cut into batches, and in whatever order it came', async () => {
  const fixture = await seedOrganisation(store.database);
  const [thing] = fixture.things;
  // Tenths do not add up in binary; every third comes late.
  const items = Array.from({ length: 300 }, (_, index) =>
    said(thing, START + index * minutes(7) - (index % 3) * hours(5), index / 10),
  );
  await send(fixture, items, { size: 7 });
  const kept = await rollups(fixture);
  const result = await rebuildProjection(store.database, fixture.organisation, propertyRollups);
  expect(result).toMatchObject({ observations: 300, hashAfter: result.hashBefore });
  expect(await rollups(fixture)).toEqual(kept);
});

test('a rollup that was changed behind the log’s back is put right by a rebuild', async () => {
  const fixture = await seedOrganisation(store.database);
  await send(fixture, [said(fixture.things[0], START, 4)]);
  const kept = await rollups(fixture);
  await store.database.tenant(fixture.organisation, (tx) =>
    sql`update property_rollups set max = 400`.execute(tx),
  );
  const result = await rebuildProjection(store.database, fixture.organisation, propertyRollups);
  expect(result.hashAfter).not.toBe(result.hashBefore);
  expect(await rollups(fixture)).toEqual(kept);
});

test('catching up counts nothing twice, though later batches had been taken already', async () => {
  const fixture = await seedOrganisation(store.database);
  const [thing] = fixture.things;
  const items = Array.from({ length: 20 }, (_, index) => said(thing, START + index * seconds(30), index));
  await send(fixture, items);
  const kept = await rollups(fixture);
  // As if the first batch had failed while the second was being taken.
  await store.database.tenant(fixture.organisation, async (tx) => {
    await sql`
      insert into projection_failures (org_id, projection, behind_from, error, failed_at)
      select ${fixture.organisation}::uuid, ${propertyRollups.name}, min(id) + 5, 'none', now() from log`.execute(
      tx,
    );
  });
  expect(await catchUp(store.database, fixture.organisation, [propertyRollups])).toEqual([
    'property-rollups',
  ]);
  expect(await rollups(fixture)).toEqual(kept);
});

test('whether a thing answered is told as true and false', async () => {
  const fixture = await seedOrganisation(store.database);
  const [thing] = fixture.things;
  const presence = (at: number, online: boolean): Observation => ({
    kind: 'presence',
    thing,
    online,
    at,
    ...(!online && { reason: { code: 'tv.unreachable', message: 'no route' } }),
  });
  await send(fixture, [
    presence(START, true),
    presence(START + hours(1), false),
    presence(START + hours(2), true),
  ]);
  const history = await store.database.tenant(fixture.organisation, (tx) =>
    readHistory(tx, {
      thing,
      kind: 'presence',
      name: 'presence',
      from: START + 1,
      to: START + days(1),
      points: 50,
    }),
  );
  expect(history.before?.value).toBe(true);
  expect(history.points.map(({ value }) => value)).toEqual([false, true]);
});
