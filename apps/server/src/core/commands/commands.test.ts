import type { Role } from '@vakhta/api';
import { type CommandId, seconds, systemRandom } from '@vakhta/kernel';
import type { Observation, ObservationOf } from '@vakhta/link';
import { VirtualClock } from '@vakhta/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Fixture, freshId, seedOrganisation } from '../../../test/fixture.ts';
import { createTestDatabase, type TestDatabase } from '../../../test/test-database.ts';
import { ingest } from '../ingest/ingest.ts';
import { selectCommands } from './command-store.ts';
import { takeForDelivery } from './delivery.ts';
import { resolveOverdue } from './overdue.ts';
import { type CommandRequest, requestCommands } from './request.ts';

let test_: TestDatabase;
let clock: VirtualClock;
let fixture: Fixture;
let sent: number;
beforeAll(async () => {
  test_ = await createTestDatabase();
});
afterAll(() => test_.drop());
beforeEach(async () => {
  clock = new VirtualClock(Date.UTC(2026, 10, 25));
  fixture = await seedOrganisation(test_.database, { things: 3 });
  sent = 0;
  await connectTo(NODE);
});

/** The server that the agent is connected to. */
const NODE = 3;
const connectTo = (node: number) =>
  test_.database.tenant(fixture.organisation, (tx) => sql`update agents set node = ${node}`.execute(tx));

const request = (wanted: Partial<CommandRequest> = {}, role: Role = 'operator') =>
  test_.database.tenant(fixture.organisation, (tx) =>
    requestCommands(
      tx,
      fixture.principal(role),
      {
        things: [fixture.things[0]],
        action: 'setBrightness',
        input: { brightness: 40 },
        asBatch: false,
        ...wanted,
      },
      { clock, random: systemRandom },
    ),
  );

const deliver = (again = false, node = NODE) =>
  takeForDelivery(test_.database, clock, {
    organisation: fixture.organisation,
    agent: fixture.agent,
    node,
    again,
  });

const commands = () =>
  test_.database.tenant(fixture.organisation, (tx) => selectCommands(tx, { limit: 100 }));
const only = async () => (await commands())[0]!;

/** The agent says these things, one after another. */
async function report(...items: Omit<ObservationOf<'command'>, 'kind' | 'at'>[]) {
  const observations = items.map((item): Observation => ({ kind: 'command', at: clock.now(), ...item }));
  const { organisation, agent, stream } = fixture;
  await ingest(
    { organisation, agent, stream, from: sent + 1, items: observations },
    { database: test_.database, clock, projections: [] },
  );
  sent += observations.length;
}

/** The agent is connected and says that it has nothing left to send. */
const reportDrained = () =>
  test_.database.tenant(fixture.organisation, (tx) =>
    sql`update agents set online = true, health_at = ${new Date(clock.now())}, health = '{"outbox":{"waiting":0}}'`.execute(
      tx,
    ),
  );

const auditOf = async (command: string) =>
  test_.database.tenant(fixture.organisation, async (tx) => {
    const { rows } = await sql<{
      action: string;
    }>`select action from audit where subject_id = ${command} order by id`.execute(tx);
    return rows.map((row) => row.action);
  });

test('a command lives from request to an observed end, each step dated and audited', async () => {
  const { commands: asked } = await request();
  const id = asked[0]!.id;
  await clock.advance(10);
  const { orders } = await deliver();
  expect(orders).toMatchObject([
    { id, agent: fixture.agent, thing: fixture.things[0], input: { brightness: 40 } },
  ]);
  await clock.advance(10);
  await report({ command: id, state: 'accepted' });
  await clock.advance(10);
  await report({ command: id, state: 'succeeded', observed: true });
  const command = await only();
  expect(command).toMatchObject({ state: 'succeeded', outcome: { observed: true } });
  const times = [command.requested_at, command.delivered_at, command.accepted_at, command.finished_at];
  expect(times.map((at) => at!.getTime() - times[0]!.getTime())).toEqual([0, 10, 20, 30]);
  expect(await auditOf(id)).toEqual([
    'command.requested',
    'command.delivered',
    'command.accepted',
    'command.succeeded',
  ]);
});

test('accepted and succeeded in one batch leave the command succeeded with both times', async () => {
  const { commands: asked } = await request();
  await deliver();
  await report(
    { command: asked[0]!.id, state: 'accepted' },
    { command: asked[0]!.id, state: 'succeeded', observed: false },
  );
  expect(await only()).toMatchObject({
    state: 'succeeded',
    accepted_at: expect.any(Date),
    finished_at: expect.any(Date),
  });
});

test('no step is dated before the one it follows on, however far the agent’s clock lags', async () => {
  const { commands: asked } = await request();
  await deliver();
  clock.jump(-500);
  await report({ command: asked[0]!.id, state: 'accepted' });
  await report({ command: asked[0]!.id, state: 'succeeded', observed: true });
  const { delivered_at, accepted_at, finished_at } = await only();
  expect([accepted_at, finished_at]).toEqual([delivered_at, delivered_at]);
});

test('an input that breaks the action’s schema refuses the whole request and names the field and the rule', async () => {
  await expect(request({ things: fixture.things, input: { brightness: 101 } })).rejects.toMatchObject({
    code: 'invalid_field',
    field: 'brightness',
    rule: 'maximum',
  });
  await expect(request({ input: { brightnes: 1 } })).rejects.toMatchObject({ rule: 'additionalProperties' });
  await expect(request({ action: 'explode' })).rejects.toMatchObject({ code: 'no_such_action' });
  await expect(request({ things: [fixture.things[0], freshId()] })).rejects.toMatchObject({
    code: 'not_found',
  });
  expect(await commands()).toEqual([]);
});

test('things of another organisation cannot be commanded', async () => {
  const other = await seedOrganisation(test_.database);
  await expect(request({ things: [other.things[0]] })).rejects.toMatchObject({ code: 'not_found' });
});

test('an order is taken once, and again only for what a broken connection may have lost', async () => {
  await request({ things: fixture.things, asBatch: true });
  const first = await deliver();
  expect(first.orders).toHaveLength(3);
  expect((await deliver()).orders).toEqual([]);
  await report({ command: first.orders[0]!.id, state: 'accepted' });
  const again = await deliver(true);
  expect(again.orders.map((order) => order.id)).toEqual(first.orders.slice(1).map((order) => order.id));
});

test('a server takes no order for an agent that went to another, which takes again what the first had sent', async () => {
  await request();
  await deliver();
  await request();
  await connectTo(NODE + 1);
  expect((await deliver(true)).orders).toEqual([]);
  expect((await deliver(true, NODE + 1)).orders).toHaveLength(2);
});

test('a signature is never good beyond the deadline, nor for more than thirty seconds', async () => {
  await request({ deadlineMs: 5000 });
  await request({ deadlineMs: 3_600_000 });
  const { orders } = await deliver();
  expect(orders.map((order) => order.notAfter - clock.now())).toEqual([5000, 30_000]);
});

test('an agent’s word on another agent’s command changes nothing', async () => {
  const { commands: asked } = await request();
  await deliver();
  const other = await seedOrganisation(test_.database);
  fixture = { ...fixture, agent: other.agent, organisation: other.organisation, stream: other.stream };
  await report({ command: asked[0]!.id, state: 'succeeded', observed: true });
  const { rows } = await test_.database.system((tx) =>
    sql<{ state: string }>`select state from commands where id = ${asked[0]!.id}`.execute(tx),
  );
  expect(rows).toEqual([{ state: 'delivered' }]);
});

test('a final state stays, whatever comes later', async () => {
  const { commands: asked } = await request();
  await deliver();
  const command = asked[0]!.id;
  await report(
    { command, state: 'accepted' },
    { command, state: 'failed', code: 'tv.offline', message: 'gone' },
  );
  await report(
    { command, state: 'refused', code: 'replayed' },
    { command, state: 'succeeded', observed: true },
    { command, state: 'accepted' },
  );
  expect(await only()).toMatchObject({ state: 'failed', outcome: { code: 'tv.offline' } });
});

const states = async () => {
  const changes = await resolveOverdue(test_.database, clock);
  return changes
    .filter((change) => change.organisation === fixture.organisation)
    .map((change) => change.state);
};

test('a command whose agent was not reached in time expires', async () => {
  await request({ deadlineMs: 5000 });
  await clock.advance(4999);
  expect(await states()).toEqual([]);
  await clock.advance(2);
  expect(await states()).toEqual(['expired']);
  expect(await only()).toMatchObject({ outcome: { code: 'agent_not_reached' } });
});

test('an order without an answer is unknown, and evidence that comes late still decides', async () => {
  const { commands: asked } = await request({ deadlineMs: 5000 });
  await deliver();
  await clock.advance(seconds(11));
  expect(await states()).toEqual(['unknown']);
  await report(
    { command: asked[0]!.id, state: 'accepted' },
    { command: asked[0]!.id, state: 'succeeded', observed: true },
  );
  expect(await only()).toMatchObject({ state: 'succeeded' });
});

test('an order called unknown and then taken after all waits for its result', async () => {
  const { commands: asked } = await request({ deadlineMs: 5000 });
  await deliver();
  await clock.advance(seconds(11));
  expect(await states()).toEqual(['unknown']);
  await report({ command: asked[0]!.id, state: 'accepted' });
  await reportDrained();
  expect(await only()).toMatchObject({ state: 'accepted', finished_at: null });
  expect(await states()).toEqual([]);
});

test('an order the agent never took expires once the agent has told all it had', async () => {
  await request({ deadlineMs: 5000 });
  await deliver();
  await clock.advance(seconds(11));
  expect(await states()).toEqual(['unknown']);
  await reportDrained();
  expect(await states()).toEqual(['expired']);
  expect(await only()).toMatchObject({ outcome: { code: 'not_taken' } });
});

test('an order lost on the way is sent again while its deadline allows', async () => {
  const { commands: asked } = await request({ deadlineMs: seconds(120) });
  await deliver();
  await clock.advance(seconds(34));
  await reportDrained();
  expect(await states()).toEqual(['queued']);
  expect((await deliver()).orders.map((order) => order.id)).toEqual([asked[0]!.id as CommandId]);
});

test('a command that was taken and has no result becomes unknown, never done again', async () => {
  const { commands: asked } = await request({ deadlineMs: 5000 });
  await deliver();
  await report({ command: asked[0]!.id, state: 'accepted' });
  await clock.advance(seconds(64));
  expect(await states()).toEqual([]);
  await clock.advance(seconds(2));
  expect(await states()).toEqual(['unknown']);
  await reportDrained();
  expect(await states()).toEqual([]);
  expect((await deliver(true)).orders).toEqual([]);
});
