import {
  hours,
  integerBetween,
  minutes,
  pick,
  type Random,
  seededRandom,
  type ThingId,
} from '@vakhta/kernel';
import type { Observation } from '@vakhta/link';
import { VirtualClock } from '@vakhta/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Fixture, seedOrganisation } from '../../../test/fixture.ts';
import { createTestDatabase, type TestDatabase } from '../../../test/test-database.ts';
import { coreProjections } from '../core.ts';
import { ingest } from '../ingest/ingest.ts';
import { rebuildProjection } from '../ingest/rebuild.ts';
import { keepCheckpoints } from './checkpoints/keep-checkpoints.ts';
import { stateCheckpoints } from './checkpoints/state-checkpoints.ts';
import { readStateAsOf, type StateAsOf } from './state-as-of.ts';

const START = Date.UTC(2026, 10, 20);
const END = START + hours(10);
/** Facts between two checkpoints, so that a short log has many. */
const SPACING = 50;
const clock = new VirtualClock(END + hours(1));
let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.drop());

const names = ['brightness', 'colour', 'presence'];

/** Something a lamp might say within the ten hours. */
function anyFact(random: Random, things: readonly ThingId[], at: number): Observation {
  const thing = things[integerBetween(random, 0, things.length - 1)]!;
  if (integerBetween(random, 0, 9) === 0) {
    const online = integerBetween(random, 0, 1) === 1;
    return { kind: 'presence', thing, online, at };
  }
  const name = names[integerBetween(random, 0, names.length - 1)]!;
  return { kind: 'property', thing, name, value: pick(random, [0, 1, 'red', null, true]), at };
}

/** Sends by the real way; returns the place of the next. */
async function send(
  { organisation, agent, stream }: Fixture,
  from: number,
  items: Observation[],
): Promise<number> {
  for (let i = 0; i < items.length; i += 40)
    expect(
      await ingest(
        { organisation, agent, stream, from: from + i, items: items.slice(i, i + 40) },
        { database: store.database, clock, projections: coreProjections },
      ),
    ).toMatchObject({ state: 'committed', failures: [] });
  return from + items.length;
}

/** What was so at an instant, told from the facts themselves: of two said of one moment the one that came later. */
function byHand(facts: readonly Observation[], at: number): Map<string, StateAsOf> {
  const states = new Map<string, StateAsOf>();
  const inOrder = facts
    .map((fact, place) => ({ fact, place }))
    .sort((a, b) => a.fact.at - b.fact.at || a.place - b.place);
  for (const { fact } of inOrder) {
    if (fact.at > at || !('thing' in fact) || fact.thing === undefined) continue;
    const state = states.get(fact.thing) ?? { online: null, reason: null, since: null, properties: {} };
    states.set(fact.thing, state);
    const when = new Date(fact.at).toISOString();
    if (fact.kind === 'presence') Object.assign(state, { online: fact.online, since: when });
    else if (fact.kind === 'property') state.properties[fact.name] = { value: fact.value, at: when };
  }
  return states;
}

const asOf = ({ organisation }: Fixture, at: number, things?: readonly string[]) =>
  store.database.tenant(organisation, (tx) => readStateAsOf(tx, at, things));

const checkpoints = ({ organisation }: Fixture) =>
  store.database.tenant(organisation, async (tx) => {
    const { rows } = await sql<{ at: Date }>`select at from state_checkpoints order by at`.execute(tx);
    return rows.map((row) => row.at.getTime());
  });

async function expectTrueEverywhere(
  fixture: Fixture,
  facts: readonly Observation[],
  random: Random,
): Promise<void> {
  const instants = [START - 1, START, END, ...(await checkpoints(fixture))];
  for (let i = 0; i < 20; i++) instants.push(START + integerBetween(random, 0, END - START));
  for (const at of instants)
    expect(await asOf(fixture, at), new Date(at).toISOString()).toEqual(byHand(facts, at));
}

const work = () => keepCheckpoints(store.database, clock, SPACING);

test('the state at any instant is what the facts up to it say, with checkpoints and without, for late facts too', async () => {
  for (const seed of [1, 2, 3]) {
    const random = seededRandom(seed);
    const fixture = await seedOrganisation(store.database, { things: 4 });
    const early = Array.from({ length: 500 }, (_, index) =>
      anyFact(random, fixture.things.slice(0, 3), START + Math.floor(index / 2) * minutes(2)),
    );
    let next = await send(fixture, 1, early);
    await expectTrueEverywhere(fixture, early, random);
    expect((await work()).made).toBeGreaterThan(5);
    await expectTrueEverywhere(fixture, early, random);
    // The fourth thing was never heard of before; the others tell what they had kept.
    const late = Array.from({ length: 120 }, () =>
      anyFact(random, fixture.things, START + integerBetween(random, 0, END - START)),
    );
    next = await send(fixture, next, late);
    const all = [...early, ...late];
    await expectTrueEverywhere(fixture, all, random);
    expect((await work()).renewed).toBeGreaterThan(0);
    await expectTrueEverywhere(fixture, all, random);
    expect(await work()).toEqual({ made: 0, renewed: 0 });
    const rebuilt = await rebuildProjection(store.database, fixture.organisation, stateCheckpoints);
    expect(rebuilt.hashAfter).toBe(rebuilt.hashBefore);
  }
});

test('one thing alone is the same as it is among all', async () => {
  const random = seededRandom(7);
  const fixture = await seedOrganisation(store.database, { things: 3 });
  await send(
    fixture,
    1,
    Array.from({ length: 300 }, (_, index) => anyFact(random, fixture.things, START + index * minutes(1))),
  );
  await work();
  const at = START + minutes(211);
  const all = await asOf(fixture, at);
  for (const thing of fixture.things)
    expect((await asOf(fixture, at, [thing])).get(thing)).toEqual(all.get(thing));
});

test('a checkpoint that was changed behind the log’s back is put right by a rebuild', async () => {
  const fixture = await seedOrganisation(store.database);
  const random = seededRandom(11);
  await send(
    fixture,
    1,
    Array.from({ length: 120 }, (_, index) => anyFact(random, fixture.things, START + index * minutes(1))),
  );
  await work();
  const at = (await checkpoints(fixture))[0]!;
  const before = await asOf(fixture, at);
  await store.database.tenant(fixture.organisation, (tx) =>
    sql`update checkpoint_states set states = '{}', presence = null`.execute(tx),
  );
  expect(await asOf(fixture, at)).not.toEqual(before);
  const result = await rebuildProjection(store.database, fixture.organisation, stateCheckpoints);
  expect(result.hashAfter).not.toBe(result.hashBefore);
  expect(await asOf(fixture, at)).toEqual(before);
});

test('facts of an agent whose clock stood at 1970 leave the checkpoints alone', async () => {
  const fixture = await seedOrganisation(store.database);
  const [thing] = fixture.things;
  const fact = (at: number, value: number): Observation => ({
    kind: 'property',
    thing,
    name: 'brightness',
    value,
    at,
  });
  const next = await send(
    fixture,
    1,
    Array.from({ length: 120 }, (_, index) => fact(START + index * minutes(1), index)),
  );
  await work();
  await send(fixture, next, [fact(1000, -1), fact(2000, -2)]);
  expect((await work()).renewed).toBe(0);
  expect((await asOf(fixture, END)).get(thing)?.properties.brightness?.value).toBe(119);
});
