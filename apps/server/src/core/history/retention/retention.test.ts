import { createHash } from 'node:crypto';
import { AlertRuleSettings } from '@vakhta/api';
import { days, hours, integerBetween, pick, seededRandom } from '@vakhta/kernel';
import type { Observation } from '@vakhta/link';
import { VirtualClock } from '@vakhta/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Fixture, freshId, seedOrganisation } from '../../../../test/fixture.ts';
import { createTestDatabase, type TestDatabase } from '../../../../test/test-database.ts';
import { createLog } from '../../../platform/log/log.ts';
import { writeRule } from '../../alerts/rule-store.ts';
import { coreProjections } from '../../core.ts';
import { ingest } from '../../ingest/ingest.ts';
import { ensureLogPartitions } from '../../ingest/log-partitions.ts';
import { rebuildProjection } from '../../ingest/rebuild.ts';
import { keepCheckpoints } from '../checkpoints/keep-checkpoints.ts';
import { readHistory } from '../property-history.ts';
import { readStateAsOf } from '../state-as-of.ts';
import { dropOldMonths, type Retention } from './drop-old-months.ts';
import { refuseUnkept } from './refuse-unkept.ts';

const [SEPTEMBER, OCTOBER, NOVEMBER, DECEMBER] = [8, 9, 10, 11].map((month) => Date.UTC(2026, month)) as [
  number,
  number,
  number,
  number,
];
const random = seededRandom(11);
const clock = new VirtualClock(SEPTEMBER);
let store: TestDatabase;
let fixture: Fixture;
let sent = 0;

/** Things speak every few hours; some facts are told late, some by a clock that is days ahead. */
async function liveUntil(end: number): Promise<void> {
  while (clock.now() < end) {
    await ensureLogPartitions(store.database, clock);
    const items = Array.from({ length: 5 }, (): Observation => {
      const thing = pick(random, fixture.things.slice(0, -1));
      const at = clock.now() + pick(random, [0, 0, 0, 0, -days(2), days(3)]);
      const chance = integerBetween(random, 0, 9);
      if (chance === 0) return { kind: 'presence', thing, online: integerBetween(random, 0, 1) === 1, at };
      if (chance === 1) return { kind: 'event', thing, name: 'flickered', data: null, at };
      const value = pick(random, [1, 20, 50, 90, null]);
      return { kind: 'property', thing, name: pick(random, ['brightness', 'warmth']), value, at };
    });
    await say(items);
    clock.jump(hours(7));
  }
}

async function say(items: Observation[]): Promise<void> {
  const { organisation, agent, stream } = fixture;
  const answer = await ingest(
    { organisation, agent, stream, from: sent + 1, items },
    { database: store.database, clock, projections: coreProjections },
  );
  expect(answer).toMatchObject({ state: 'committed', failures: [] });
  sent += items.length;
}

async function addRule(name: string): Promise<void> {
  await tenant((tx) =>
    writeRule(tx, {
      ...AlertRuleSettings.parse({ forSeconds: 0 }),
      id: freshId(),
      organisation: fixture.organisation,
      name,
      kind: 'threshold',
      condition: { model: 'lamp', property: 'brightness', direction: 'above', limit: 40, margin: 25 },
      edited: true,
    }),
  );
}

const tenant = <T>(work: Parameters<typeof store.database.tenant<T>>[1]) =>
  store.database.tenant(fixture.organisation, work);
const drop = (retention: Retention) =>
  dropOldMonths({
    database: store.database,
    clock,
    log: createLog({ level: 'silent' }),
    projections: coreProjections,
    retention,
  });
const asOf = (at: number) => tenant((tx) => readStateAsOf(tx, at));
const lines = <Row>(query: ReturnType<typeof sql<Row>>) =>
  tenant(async (tx) => (await query.execute(tx)).rows);
const logged = async () =>
  (
    await lines(sql<{ month: string; kind: string; count: number }>`
      select to_char(received_at at time zone 'UTC', 'MM') as month, kind, count(*) from log group by 1, 2`)
  ).reduce<Record<string, number>>((all, { month, kind, count }) => {
    all[`${month} ${kind}`] = count;
    return all;
  }, {});
const partitions = async () =>
  (
    await lines(sql<{ name: string }>`
      select relid::regclass::text as name from pg_partition_tree('log') where level = 1 order by 1`)
  ).map(({ name }) => name);

/** Rebuilt from what is left, every projection comes to the rows it had. */
async function expectRebuildsTrue(): Promise<void> {
  for (const projection of coreProjections) {
    const { hashBefore, hashAfter } = await rebuildProjection(
      store.database,
      fixture.organisation,
      projection,
    );
    expect(hashAfter, projection.name).toBe(hashBefore);
  }
}

const september = (points = 100) =>
  tenant((tx) =>
    readHistory(tx, {
      thing: fixture.things[0],
      kind: 'property',
      name: 'brightness',
      from: SEPTEMBER + days(3),
      to: OCTOBER - days(3),
      points,
    }),
  );

beforeAll(async () => {
  store = await createTestDatabase();
  fixture = await seedOrganisation(store.database, { things: 5 });
  await addRule('Bright from the first');
  // Said once, in September, and never again.
  const last = fixture.things.at(-1)!;
  await ensureLogPartitions(store.database, clock);
  await say([
    { kind: 'presence', thing: last, online: true, at: SEPTEMBER },
    { kind: 'property', thing: last, name: 'brightness', value: 77, at: SEPTEMBER },
  ]);
  await liveUntil(OCTOBER - days(4));
  await addRule('Bright from the autumn');
  await liveUntil(NOVEMBER + days(15));
});
afterAll(() => store.drop());

test('nothing goes before its time, and nothing at all unless it is asked for', async () => {
  const before = await logged();
  expect(await drop({})).toBe(0);
  expect(await drop({ property: days(60), event: days(400) })).toBe(0);
  expect(await logged()).toEqual(before);
});

test('values of a month go; what things are, what rules hold and every later second stay, also when rebuilt', async () => {
  await keepCheckpoints(store.database, clock, 60);
  const instants = Array.from({ length: 25 }, () => integerBetween(random, OCTOBER, NOVEMBER + days(15)));
  const states = await Promise.all(instants.map(asOf));
  const chart = await september(50);
  const before = await logged();
  const rows = await lines(sql<{ line: string }>`
    select log::text as line from log where kind = 'property' and received_at < ${new Date(OCTOBER)}`);

  expect(await drop({ property: days(30) })).toBe(1);

  const after = await logged();
  const seals = await lines(sql<{ kind: string; observations: number; carried: number; hash: string }>`
    select kind, observations, carried, hash from log_seals`);
  expect(seals).toHaveLength(1);
  expect(seals[0]).toMatchObject({
    kind: 'property',
    observations: before['09 property'],
    carried: after['09 property'],
    hash: hashOf(rows.map(({ line }) => line)),
  });
  expect(after['09 property']).toBeLessThan(before['09 property']! / 4);
  expect({ ...after, '09 property': 0 }).toEqual({ ...before, '09 property': 0 });
  expect(await partitions()).toContain('log_2026_09');
  for (const [index, at] of instants.entries()) expect(await asOf(at)).toEqual(states[index]);
  await expectRebuildsTrue();
  for (const [index, at] of instants.entries()) expect(await asOf(at)).toEqual(states[index]);
  // Charts of it are drawn from what was rolled up.
  const sealed = await september(50);
  expect(sealed.points.length).toBeGreaterThan(10);
  expect(sealed.points.reduce((sum, { count }) => sum + count, 0)).toBe(
    chart.points.reduce((sum, { min, count }) => sum + (min === null ? 0 : count), 0),
  );
  await expect(tenant((tx) => refuseUnkept(tx, OCTOBER - 1))).rejects.toThrow('no longer kept');
  await tenant((tx) => refuseUnkept(tx, OCTOBER));
});

test('once every kind of a month is over its partition is dropped, and a second run finds nothing to do', async () => {
  const all = { property: days(30), presence: days(30), event: days(30), agent: days(30), command: days(30) };
  expect(await drop(all)).toBe(1);
  expect(await partitions()).not.toContain('log_2026_09');
  expect((await logged())['09 event'] ?? 0).toBeLessThan(10);
  await expectRebuildsTrue();
  expect(await drop(all)).toBe(0);
  // Life goes on, and the next month goes too; of two months carried the last is enough.
  await liveUntil(DECEMBER + days(3));
  await addRule('Bright from the winter');
  const now = await asOf(clock.now());
  expect(await drop(all)).toBe(1);
  expect(await partitions()).toEqual(['log_2026_11', 'log_2026_12', 'log_2027_01', 'log_default'].sort());
  expect(await asOf(clock.now())).toEqual(now);
  expect(now.get(fixture.things.at(-1)!)?.properties.brightness).toEqual({
    value: 77,
    at: new Date(SEPTEMBER).toISOString(),
  });
  await expectRebuildsTrue();
});

test('a checkpoint that was tampered with is refused by name', async () => {
  await tenant((tx) =>
    sql`update projection_checkpoint_rows set row = jsonb_set(row, '{value}', '78')
        where projection = 'thing-state' and row ->> 'value' = '77'`.execute(tx),
  );
  const [thingState] = coreProjections;
  await expect(rebuildProjection(store.database, fixture.organisation, thingState!)).rejects.toMatchObject({
    code: 'rebuild.checkpoint_damaged',
  });
});

test('while a projection has yet to take something, nothing is dropped', async () => {
  await liveUntil(DECEMBER + days(40));
  await tenant((tx) =>
    sql`insert into projection_failures (org_id, projection, behind_from, error, failed_at)
        values (${fixture.organisation}, 'property-rollups', 1, 'broken', now())`.execute(tx),
  );
  const before = await logged();
  expect(await drop({ event: days(1) })).toBe(0);
  expect(await logged()).toEqual(before);
});

/** As the seal's hash is written down: parts by the first three digits of a line's MD5, each hashed, then all of them. */
function hashOf(all: readonly string[]): string {
  const parts = Map.groupBy(all, (line) => createHash('md5').update(line).digest('hex').slice(0, 3));
  const whole = createHash('sha256');
  for (const part of [...parts.keys()].sort())
    whole.update(createHash('sha256').update(parts.get(part)!.sort().join('\n')).digest());
  return whole.digest('hex');
}
