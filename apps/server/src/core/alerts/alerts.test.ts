import { type AlertRuleKind, AlertRuleSettings } from '@vakhta/api';
import { type Json, minutes, seconds, systemRandom } from '@vakhta/kernel';
import type { Observation } from '@vakhta/link';
import { VirtualClock } from '@vakhta/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Fixture, freshId, seedOrganisation } from '../../../test/fixture.ts';
import { createTestDatabase, type TestDatabase } from '../../../test/test-database.ts';
import { coreProjections } from '../core.ts';
import { ingest } from '../ingest/ingest.ts';
import { rebuildProjection } from '../ingest/rebuild.ts';
import { selectAlerts } from './alert-store.ts';
import { ensureBuiltInRules } from './built-in-rules.ts';
import { alertConditions } from './condition-projection.ts';
import { judgeAlerts } from './judge.ts';
import { selectRules, writeRule } from './rule-store.ts';

let store: TestDatabase;
let clock: VirtualClock;
let fixture: Fixture;
let sent: number;
let listeningSince: number;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.drop());
beforeEach(async () => {
  clock = new VirtualClock(Date.UTC(2026, 10, 26, 3));
  listeningSince = clock.now();
  fixture = await seedOrganisation(store.database, { things: 50 });
  sent = 0;
  await setAgent(true);
  await everyThing(true);
});

const tenant = <T>(work: Parameters<typeof store.database.tenant<T>>[1]) =>
  store.database.tenant(fixture.organisation, work);

/** The agent came or went just now. */
const setAgent = (online: boolean) =>
  tenant((tx) =>
    sql`update agents set online = ${online}, last_seen_at = ${new Date(clock.now())},
      online_since = ${online ? new Date(clock.now()) : sql`online_since`}`.execute(tx),
  );

async function report(...items: (Partial<Observation> & Pick<Observation, 'kind'>)[]) {
  const { organisation, agent, stream } = fixture;
  await ingest(
    {
      organisation,
      agent,
      stream,
      from: sent + 1,
      items: items.map((item) => ({ at: clock.now(), ...item }) as Observation),
    },
    { database: store.database, clock, projections: coreProjections },
  );
  sent += items.length;
}

const [lamp, other] = [() => fixture.things[0], () => fixture.things[1]!];
const shine = (value: number | null, thing = lamp()) =>
  report({ kind: 'property', thing, name: 'brightness', value });
const flicker = (thing = lamp()) => report({ kind: 'event', thing, name: 'flickered', data: null });
const everyThing = (online: boolean) =>
  report(...fixture.things.map((thing) => ({ kind: 'presence' as const, thing, online })));

async function addRule(
  kind: AlertRuleKind,
  condition: Record<string, Json>,
  settings: Partial<AlertRuleSettings> = {},
): Promise<string> {
  const id = freshId();
  await tenant((tx) =>
    writeRule(tx, {
      ...AlertRuleSettings.parse({ forSeconds: 0, ...settings }),
      id,
      organisation: fixture.organisation,
      name: `Rule ${id}`,
      kind,
      condition,
      edited: true,
    }),
  );
  return id;
}
const tooBright = (settings: Partial<AlertRuleSettings> = {}) =>
  addRule(
    'threshold',
    { model: 'lamp', property: 'brightness', direction: 'above', limit: 80, margin: 10 },
    settings,
  );

/** One look of the judge; only what concerns this test's organisation. */
async function judge() {
  const steps = await judgeAlerts({
    database: store.database,
    clock,
    random: systemRandom,
    listeningSince,
    onSteps: async () => {},
  });
  return steps.filter(({ organisation }) => organisation === fixture.organisation).map(({ step }) => step);
}
const later = async (duration: number) => {
  await clock.advance(duration);
  return judge();
};
const alerts = () => tenant((tx) => selectAlerts(tx, { limit: 100 }));

test('a figure too high for long enough raises one alert, once, and its return clears it', async () => {
  await tooBright({ forSeconds: 10, clearAfterSeconds: 5 });
  await shine(90);
  expect(await judge()).toEqual([]);
  expect(await later(seconds(9))).toEqual([]);
  expect(await later(seconds(1))).toEqual(['opened']);
  expect(await later(seconds(60))).toEqual([]);
  await shine(95);
  await shine(75);
  expect(await later(seconds(60))).toEqual([]);
  await shine(70);
  expect(await later(seconds(4))).toEqual([]);
  expect(await later(seconds(1))).toEqual(['cleared']);
  expect(await alerts()).toMatchObject([
    {
      subject_id: lamp(),
      subject_name: 'Lamp 1',
      cleared_because: 'recovered',
      cause: { property: 'brightness', value: 90 },
    },
  ]);
});

test('what passed before its time raises nothing', async () => {
  await tooBright({ forSeconds: 10 });
  await shine(90);
  await later(seconds(9));
  await shine(20);
  expect(await later(minutes(5))).toEqual([]);
});

test('a rule knows the state it finds, and a rule that was changed is judged anew', async () => {
  await shine(90);
  await clock.advance(seconds(30));
  const id = await tooBright({ forSeconds: 10 });
  expect(await judge()).toEqual(['opened']);
  const [rule] = await tenant((tx) => selectRules(tx, { id, limit: 1 }));
  await tenant((tx) =>
    writeRule(tx, {
      ...rule!,
      builtIn: undefined,
      organisation: fixture.organisation,
      condition: { ...rule!.condition, limit: 95 },
      edited: true,
    }),
  );
  expect(await judge()).toEqual(['cleared']);
  expect(await later(seconds(60))).toEqual([]);
});

test('a rule switched off or removed lets its alerts go, and they stay in the history', async () => {
  const id = await tooBright();
  await shine(90);
  expect(await judge()).toEqual(['opened']);
  await tenant((tx) => sql`delete from alert_rules where id = ${id}`.execute(tx));
  expect(await judge()).toEqual(['cleared']);
  expect(await alerts()).toMatchObject([{ rule_id: null, cleared_because: 'rule_changed' }]);
});

test('a thing that is removed takes its alert with it', async () => {
  await tooBright();
  await shine(90);
  expect(await judge()).toEqual(['opened']);
  await tenant((tx) => sql`delete from things where id = ${lamp()}`.execute(tx));
  expect(await judge()).toEqual(['cleared']);
  expect(await alerts()).toMatchObject([{ cleared_because: 'subject_removed', subject_name: 'Lamp 1' }]);
});

test('a dead agent raises one alert, not fifty-one; they are told of once it is back and they are not', async () => {
  await ensureBuiltInRules(store.database, { clock, random: systemRandom });
  await clock.advance(minutes(10));
  await setAgent(true);
  await setAgent(false);
  expect(await later(seconds(29))).toEqual([]);
  expect(await later(seconds(1))).toEqual(['opened']);
  for (let minute = 0; minute < 30; minute++) expect(await later(minutes(1))).toEqual([]);
  expect(await alerts()).toMatchObject([
    { subject_kind: 'agent', subject_id: fixture.agent, severity: 'critical' },
  ]);

  await setAgent(true);
  await everyThing(true);
  await report({ kind: 'presence', thing: lamp(), online: false });
  expect(await later(seconds(10))).toEqual(['cleared']);
  expect(await later(seconds(109))).toEqual([]);
  expect(await later(seconds(1))).toEqual(['opened']);
  expect((await alerts())[0]).toMatchObject({ subject_kind: 'thing', subject_id: lamp() });
});

test('an open alert of a thing is neither told again nor cleared while its agent is away', async () => {
  await ensureBuiltInRules(store.database, { clock, random: systemRandom });
  await tooBright({ escalateAfterMinutes: 2, severity: 'notice' });
  await shine(90);
  expect(await judge()).toEqual(['opened']);
  await setAgent(false);
  expect(await later(minutes(5))).toEqual(['opened']);
  expect(await alerts()).toMatchObject([
    { subject_kind: 'agent' },
    { subject_kind: 'thing', severity: 'notice', hidden: true, cleared_at: null },
  ]);
});

test('where nobody is told of agents, their things are not hidden', async () => {
  await addRule('absence', { of: 'thing' }, { forSeconds: 30 });
  await setAgent(false);
  expect(await later(seconds(30))).toHaveLength(50);
});

test('a server that starts gives the agents their time before it misses them', async () => {
  await addRule('absence', { of: 'agent' }, { forSeconds: 30 });
  await setAgent(false);
  await clock.advance(minutes(60));
  listeningSince = clock.now();
  expect(await judge()).toEqual([]);
  expect(await later(seconds(29))).toEqual([]);
  expect(await later(seconds(1))).toEqual(['opened']);
});

test('silence that the model calls in order raises nothing', async () => {
  await addRule('absence', { of: 'thing' }, { forSeconds: 10 });
  await tenant((tx) =>
    sql`update thing_models set definition =
      (definition::jsonb || '{"silentWhen":{"property":"brightness","equals":0}}')::json`.execute(tx),
  );
  await shine(0);
  await report(
    { kind: 'presence', thing: lamp(), online: false },
    { kind: 'presence', thing: other(), online: false },
  );
  expect(await later(seconds(10))).toEqual(['opened']);
  expect(await alerts()).toMatchObject([{ subject_id: other() }]);
});

test('an event raises an alert once however often it comes, counts on, and clears when it is over', async () => {
  await addRule(
    'event',
    { model: 'lamp', event: 'flickered', times: 1, within: 60 },
    { clearAfterSeconds: 60 },
  );
  await flicker();
  expect(await judge()).toEqual(['opened']);
  await clock.advance(seconds(30));
  await flicker();
  await flicker();
  expect(await judge()).toEqual(['repeated']);
  expect(await later(seconds(59))).toEqual([]);
  expect(await later(seconds(1))).toEqual(['cleared']);
  expect(await later(seconds(1))).toEqual([]);
  await flicker();
  expect(await judge()).toEqual(['opened']);
  expect((await alerts()).map(({ count }) => count)).toEqual([1, 2]);
});

test('a driver that crashes three times in ten minutes is told of at its thing', async () => {
  await ensureBuiltInRules(store.database, { clock, random: systemRandom });
  const crash = () =>
    report({ kind: 'agent', name: 'driver_crashed', thing: lamp(), data: { message: 'boom' } });
  await crash();
  await clock.advance(minutes(4));
  await crash();
  expect(await judge()).toEqual([]);
  await clock.advance(minutes(4));
  await crash();
  expect(await judge()).toEqual(['opened']);
  expect(await alerts()).toMatchObject([{ subject_id: lamp(), cause: { event: 'driver_crashed' } }]);
});

test('a rule limited to a group or a site says nothing of others', async () => {
  const group = freshId();
  await tenant(async (tx) => {
    await sql`insert into groups (id, org_id, name) values (${group}, ${fixture.organisation}, 'Few')`.execute(
      tx,
    );
    await sql`insert into group_things (org_id, group_id, thing_id) values (${fixture.organisation}, ${group}, ${lamp()})`.execute(
      tx,
    );
  });
  await tooBright({ group });
  await shine(90, other());
  expect(await judge()).toEqual([]);
  await shine(90);
  expect(await judge()).toEqual(['opened']);
  await tenant((tx) => sql`delete from group_things where thing_id = ${lamp()}`.execute(tx));
  expect(await judge()).toEqual(['cleared']);
});

test('in a maintenance window nobody is told; what is still so at its end is', async () => {
  await tooBright();
  const maintain = (column: 'site_id' | 'agent_id', id: string) =>
    tenant((tx) =>
      sql`insert into maintenance_windows (id, org_id, name, starts_at, ends_at, ${sql.ref(column)})
        values (${freshId()}, ${fixture.organisation}, 'Works', ${new Date(clock.now())}, ${new Date(clock.now() + minutes(10))}, ${id})`.execute(
        tx,
      ),
    );
  await maintain('site_id', fixture.site);
  await maintain('agent_id', fixture.agent);
  await shine(90);
  expect(await later(minutes(9))).toEqual([]);
  expect(await later(minutes(1))).toEqual(['opened']);
});

test('nobody acknowledges: it becomes worse step by step, and an acknowledged one does not', async () => {
  await tooBright({ severity: 'notice', escalateAfterMinutes: 5 });
  await shine(90);
  await judge();
  expect(await later(minutes(5))).toEqual(['escalated']);
  expect(await later(minutes(4))).toEqual([]);
  expect(await later(minutes(1))).toEqual(['escalated']);
  expect(await later(minutes(60))).toEqual([]);
  expect(await alerts()).toMatchObject([{ severity: 'critical', level: 2 }]);

  await shine(90, other());
  await judge();
  await tenant((tx) =>
    sql`update alerts set acknowledged_at = now() where subject_id = ${other()}`.execute(tx),
  );
  expect(await later(minutes(60))).toEqual([]);
});

test('judges that run at once raise each alert once', async () => {
  await tooBright();
  await report(
    ...fixture.things.map((thing) => ({ kind: 'property' as const, thing, name: 'brightness', value: 90 })),
  );
  const steps = (await Promise.all([judge(), judge(), judge(), judge()])).flat();
  steps.push(...(await judge()));
  expect(steps).toEqual(Array.from({ length: 50 }, () => 'opened'));
  expect(await alerts()).toHaveLength(50);
});

test('how conditions stand is the same when derived anew from the log', async () => {
  await shine(70);
  await shine(40, other());
  await tooBright({ forSeconds: 10 });
  await addRule('event', { model: 'lamp', event: 'flickered', times: 2, within: 60 });
  for (const value of [85, 79, 60, 90, null, 71]) await shine(value);
  await flicker();
  await flicker(other());
  await flicker();
  const result = await rebuildProjection(store.database, fixture.organisation, alertConditions);
  expect(result.hashAfter).toBe(result.hashBefore);
  expect(await later(seconds(10))).toEqual(['opened', 'opened']);
});

test('one organisation’s rules and facts are no other’s', async () => {
  await tooBright();
  const ours = fixture;
  fixture = await seedOrganisation(store.database);
  sent = 0;
  await setAgent(true);
  await shine(90);
  expect(await judge()).toEqual([]);
  fixture = ours;
});
