import { type AgentId, type CommandId, newId, seconds, type ThingId } from '@vakhta/kernel';
import { type CommandOrder, type SignedOrder, signOrder, type WireHandlers } from '@vakhta/link';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../apps/server/test/test-database.ts';
import { openWorld, type World } from './world.ts';

/** A real server and a real agent, and someone on the line who sends the agent what he likes. */
let test_: TestDatabase;
let world: World;
let wire: WireHandlers | undefined;
/** Each world has a chance of its own: they share a database, and the ids of one must not come again in the next. */
let worlds = 0;
beforeAll(async () => {
  test_ = await createTestDatabase();
});
afterAll(() => test_.drop());
beforeEach(async () => {
  world = await openWorld(test_.database, ++worlds, (connect) => (url, handlers) => {
    wire = handlers;
    return connect(url, handlers);
  });
  onTestFinished(() => world.close());
  world.plan.heal();
  world.rest();
  await world.server.start();
  world.agent.start();
  await until(() => world.agent.isLinked);
});

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let step = 0; step < 2000; step++) {
    if (await condition()) return;
    await world.pass();
  }
  throw new Error(`never happened: ${condition}`);
}

const order = (change: Partial<CommandOrder> = {}): CommandOrder => ({
  id: newId<CommandId>({ clock: world.clock, random: world.random }),
  agent: world.fixture.agent,
  thing: world.fixture.things[0],
  action: 'strike',
  input: { token: 'injected' },
  notAfter: world.clock.now() + seconds(10),
  ...change,
});

const inject = (signed: SignedOrder) => wire?.frame(JSON.stringify({ type: 'order', order: signed }));

const audited = async (): Promise<{ action: string; detail: { code?: string } }[]> =>
  test_.database.tenant(world.fixture.organisation, async (tx) => {
    const { rows } = await sql<{ action: string; detail: { code?: string } }>`
      select action, detail from audit where action = 'agent.order_refused' order by id`.execute(tx);
    return rows;
  });

const refusal = async (code: string) => (await audited()).some((entry) => entry.detail.code === code);
const strikes = (token: string) => world.machines.get(world.fixture.things[0])?.strikes.get(token) ?? 0;
const id = <T extends AgentId | ThingId>() => newId<T>({ clock: world.clock, random: world.random });

test.each<[string, (signed: (order: CommandOrder) => SignedOrder) => SignedOrder]>([
  [
    'bad_signature',
    (sign) => ({ ...sign(order()), payload: JSON.stringify(order({ input: { token: 'injected', x: 1 } })) }),
  ],
  ['expired', (sign) => sign(order({ notAfter: world.clock.now() - 1 }))],
  ['not_for_me', (sign) => sign(order({ agent: id<AgentId>() }))],
  ['not_for_me', (sign) => sign(order({ thing: id<ThingId>() }))],
  ['not_yet_valid', (sign) => sign(order({ notAfter: world.clock.now() + seconds(91) }))],
])(
  'an order refused as %s moves nothing and is in the audit, also after the agent’s restart',
  async (code, make) => {
    const signed = make((given) => signOrder(world.serverKey, given));
    inject(signed);
    await until(() => refusal(code));
    world.agent.kill();
    world.agent.start();
    await until(() => world.agent.isLinked);
    const before = (await audited()).length;
    inject(signed);
    await until(async () => (await audited()).length > before);
    expect((await audited()).at(-1)?.detail.code).toBe(code);
    expect(strikes('injected')).toBe(0);
  },
);

test('an order sent again is refused as replayed, before and after a restart, and the first outcome stands', async () => {
  const signed = signOrder(world.serverKey, order({ input: { token: 'once' } }));
  inject(signed);
  await until(() => strikes('once') === 1);
  inject(signed);
  await until(() => refusal('replayed'));
  world.agent.kill();
  world.agent.start();
  await until(() => world.agent.isLinked);
  const before = (await audited()).length;
  inject(signed);
  await until(async () => (await audited()).length > before);
  expect(strikes('once')).toBe(1);
});

test('a command the server sent and someone repeats on the line runs once and stays succeeded', async () => {
  const token = await world.strike(world.fixture.things[0]);
  await until(async () => (await stateOf(token)) === 'succeeded');
  inject(signOrder(world.serverKey, order({ id: world.commands.get(token)!, input: { token } })));
  await until(() => refusal('replayed'));
  expect(strikes(token)).toBe(1);
  expect(await stateOf(token)).toBe('succeeded');
});

const stateOf = (token: string) =>
  test_.database.tenant(world.fixture.organisation, async (tx) => {
    const { rows } = await sql<{ state: string }>`
      select state from commands where id = ${world.commands.get(token)}`.execute(tx);
    return rows[0]?.state;
  });
