import { type ApiClient, createClient, routes } from '@vakhta/api';
import { generateSigningKey, LinkClose } from '@vakhta/link';
import { LiveListener } from '@vakhta/testkit/processes';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { RunningServer } from '../src/main.ts';
import { type Fixture, seedOrganisation } from './fixture.ts';
import { LinkClient } from './link-client.ts';
import { createPerson, joinWithToken, type RunningDesk, startBeside, startDesk } from './running-desk.ts';

/** Two servers on one database: `desk` and `second`. */
let desk: RunningDesk;
let second: RunningServer;
let fixture: Fixture;
let token: string;
let here: ApiClient;
let there: ApiClient;
beforeAll(async () => {
  desk = await startDesk();
  second = await startBeside(desk);
  fixture = await seedOrganisation(desk.database, { things: 1 });
  ({ token } = await joinWithToken(desk, fixture.organisation, await createPerson(desk), ['owner']));
  here = createClient({ server: desk.url, token });
  there = createClient({ server: second.url, token });
});
afterAll(async () => {
  await second?.stop();
  await desk?.stop();
});

const isOnline = async () => {
  const { items } = await here.call(routes.listAgents, { query: {} });
  return items.find(({ id }) => id === fixture.agent)?.online;
};

async function panelAt(url: string): Promise<LiveListener> {
  const panel = await LiveListener.open({ server: url, token });
  await panel.subscribe();
  return panel;
}

test('a command asked for at one node reaches the agent at the other, and panels at both see each step', async () => {
  const agent = await LinkClient.connect(second.url, fixture);
  const panels = [await panelAt(desk.url), await panelAt(second.url)];
  const { command } = await here.call(routes.actOnThing, {
    params: { thing: fixture.things[0], action: 'setBrightness' },
    body: { brightness: 40 },
  });
  await agent.next('order');
  agent.send({
    type: 'observations',
    stream: fixture.stream,
    from: 1,
    items: [
      { kind: 'property', thing: fixture.things[0], name: 'brightness', value: 40, at: Date.now() },
      { kind: 'command', command, state: 'succeeded', observed: true, at: Date.now() },
    ],
  });
  await agent.next('acknowledge');
  for (const panel of panels)
    await vi.waitFor(() => {
      const heard = panel.heard.map(({ message }) => message);
      expect(heard.flatMap((m) => (m.type === 'command' && m.id === command ? [m.state] : []))).toEqual([
        'queued',
        'delivered',
        'succeeded',
      ]);
      expect(heard).toContainEqual(expect.objectContaining({ type: 'property', value: 40 }));
    }, 5000);
  await Promise.all(panels.map((panel) => panel.close()));
  agent.close();
  await vi.waitFor(async () => expect(await isOnline()).toBe(false), 5000);
});

test('an agent that comes to another node is let go by the first, and stays online', async () => {
  const first = await LinkClient.connect(desk.url, fixture);
  const next = await LinkClient.connect(second.url, fixture);
  await vi.waitFor(() => expect(first.closedWith).toBe(LinkClose.replaced), 5000);
  expect(await isOnline()).toBe(true);
  const back = await LinkClient.connect(desk.url, fixture);
  await vi.waitFor(() => expect(next.closedWith).toBe(LinkClose.replaced), 5000);
  expect(await isOnline()).toBe(true);
  back.close();
  await vi.waitFor(async () => expect(await isOnline()).toBe(false), 5000);
});

test('a thing added at one node is given to its agent at the other', async () => {
  const agent = await LinkClient.connect(second.url, fixture);
  await here.call(routes.createThing, {
    body: { name: 'New lamp', model: 'lamp', agent: fixture.agent, groups: [], configuration: { socket: 2 } },
  });
  const { things } = await agent.next<{ type: string; things: unknown[] }>('assign');
  expect(things).toHaveLength(2);
  agent.close();
});

test('sealing, judging and the other jobs have one runner, and another once it left', async () => {
  const leader = () =>
    desk.database.owner(async (tx) => {
      const { rows } = await sql<{ holders: number }>`
        select count(*) as holders from pg_locks
        where locktype = 'advisory' and classid = 7210 and objid = 0 and granted
          and database = (select oid from pg_database where datname = current_database())`.execute(tx);
      return rows[0]?.holders;
    });
  expect(await leader()).toBe(1);
  const third = await startBeside(desk);
  expect(await leader()).toBe(1);
  const nodes = () =>
    desk.database.owner(async (tx) => (await sql`select number from nodes`.execute(tx)).rows.length);
  expect(await nodes()).toBe(3);
  await third.stop();
  expect(await nodes()).toBe(2);
});

test('a node whose connection is cut lets its agents and panels go, and takes them again a moment later', async () => {
  const agent = await LinkClient.connect(second.url, fixture);
  const panel = await panelAt(desk.url);
  const missed = panel.next((message) => message.type === 'missed');
  const cut = await desk.database.owner(
    async (tx) =>
      (
        await sql<{ pid: number }>`
          select pg_terminate_backend(pid) as cut, pid from pg_stat_activity
          where application_name = 'vakhta node' and datname = current_database()
            and pid = (select l.pid from pg_locks l where l.classid = 7210 and l.objid =
              (select node from agents where id = ${fixture.agent}) and l.locktype = 'advisory'
              and l.database = (select oid from pg_database where datname = current_database()))`.execute(tx)
      ).rows,
  );
  expect(cut).toHaveLength(1);
  await vi.waitFor(() => expect(agent.closedWith).toBe(LinkClose.stopping), 5000);
  // The other node's panels are told that something may have been lost.
  await missed;
  const again = await vi.waitFor(() => LinkClient.connect(second.url, fixture), { timeout: 10_000 });
  expect(await isOnline()).toBe(true);
  again.close();
  await panel.close();
});

test('a server with other secrets does not come to the others', async () => {
  const secrets = {
    signingKey: generateSigningKey().pem,
    sessionSecret: 'signs the cookies of another desk than this one',
    databasePassword: 'is not asked for by either',
  };
  const stranger = startBeside(desk, { secrets });
  await expect(stranger).rejects.toMatchObject({ code: 'nodes.other_secrets' });
  await expect(there.call(routes.listAgents, { query: {} })).resolves.toBeDefined();
});

test('an agent revoked at one node is cut off by the other', async () => {
  const agent = await LinkClient.connect(second.url, fixture);
  await here.call(routes.revokeAgent, { params: { agent: fixture.agent } });
  await vi.waitFor(() => expect(agent.closedWith).toBe(LinkClose.revoked), 5000);
});
