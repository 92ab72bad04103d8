import { seconds, systemRandom } from '@vakhta/kernel';
import {
  type Frame,
  generateSigningKey,
  type HandshakeFacts,
  isServerProof,
  judgeOrder,
  LinkClose,
  type Observation,
  proveAgent,
  type SignedOrder,
  type SigningKey,
} from '@vakhta/link';
import { VirtualClock } from '@vakhta/testkit';
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { type Fixture, freshId, lampModel, seedOrganisation } from '../../../test/fixture.ts';
import { createTestDatabase, type TestDatabase } from '../../../test/test-database.ts';
import { aloneNode } from '../../platform/nodes/nodes.ts';
import { requestCommands } from '../commands/request.ts';
import { coreProjections } from '../core.ts';
import { LiveHub } from '../live/hub.ts';
import { PictureStore } from '../pictures/picture-store.ts';
import { AgentLink } from './agent-link.ts';

const { key: serverKey } = generateSigningKey();
let test_: TestDatabase;
let fixture: Fixture;
let clock: VirtualClock;
let link: AgentLink;
let heard: unknown[];
beforeAll(async () => {
  test_ = await createTestDatabase();
});
afterAll(() => test_.drop());
beforeEach(async () => {
  fixture = await seedOrganisation(test_.database, { things: 2 });
  clock = new VirtualClock(Date.UTC(2026, 10, 25));
  heard = [];
  const hub = new LiveHub({ thingsOfSite: async () => [], tellNodes: () => {} });
  await hub.subscribe(fixture.organisation, { send: (text) => heard.push(JSON.parse(text)) }, {});
  link = new AgentLink({
    database: test_.database,
    clock,
    random: systemRandom,
    log: pino({ level: 'silent' }),
    key: serverKey,
    hub,
    pictures: new PictureStore(test_.database),
    projections: coreProjections,
    nodes: aloneNode(clock),
    tellNodes: () => {},
  });
});

/** The agent's end of a connection: what it was sent, and how it ended. */
class Peer {
  readonly received: Record<string, unknown>[] = [];
  closedWith: number | undefined;
  readonly #handlers = link.accept({
    send: (frame: Frame) => this.received.push(JSON.parse(String(frame))),
    ping: () => {},
    close: (code) => {
      this.closedWith = code;
    },
    terminate: () => {
      this.closedWith = 1006;
    },
  });

  send(message: object): void {
    this.#handlers.frame(JSON.stringify(message));
  }

  sendRaw(frame: Frame): void {
    this.#handlers.frame(frame);
  }

  hangUp(): void {
    this.#handlers.closed(1006, '');
  }

  async next<T extends Record<string, unknown>>(type: string): Promise<T> {
    await vi.waitFor(() => {
      if (!this.received.some((message) => message.type === type)) throw new Error(`no ${type} yet`);
    });
    const index = this.received.findIndex((message) => message.type === type);
    return this.received.splice(index, 1)[0] as T;
  }

  async ended(): Promise<number> {
    await vi.waitFor(() => expect(this.closedWith).toBeDefined());
    return this.closedWith!;
  }
}

const nonce = Buffer.alloc(32, 7).toString('base64url');

async function prove(
  peer: Peer,
  options: { agent?: string; key?: SigningKey } = {},
): Promise<HandshakeFacts> {
  const agent = options.agent ?? fixture.agent;
  peer.send({ type: 'hello', version: 1, agent, nonce });
  const challenge = await peer.next<{ nonce: string; time: number; signature: string }>('challenge');
  const facts = { agent, agentNonce: nonce, serverNonce: challenge.nonce, serverTime: challenge.time };
  expect(isServerProof(serverKey.publicKey, facts, challenge.signature)).toBe(true);
  peer.send({
    type: 'proof',
    signature: proveAgent(options.key ?? fixture.agentKey, facts),
    stream: fixture.stream,
    software: { version: '1.0.0', node: 'v24', platform: 'linux', host: 'mini' },
    models: [lampModel],
  });
  return facts;
}

async function connect(): Promise<Peer> {
  const peer = new Peer();
  await prove(peer);
  await peer.next('welcome');
  return peer;
}

const observe = (peer: Peer, from: number, ...items: Observation[]) =>
  peer.send({ type: 'observations', stream: fixture.stream, from, items });
const brightness = (value: number): Observation => ({
  kind: 'property',
  thing: fixture.things[0],
  name: 'brightness',
  value,
  at: clock.now(),
});

test('after mutual proof the agent learns what it looks after and where its stream stands', async () => {
  const peer = new Peer();
  await prove(peer);
  const welcome = await peer.next('welcome');
  expect(welcome).toMatchObject({ acknowledged: 0, things: [{ model: 'lamp' }, { model: 'lamp' }] });
  expect(heard).toContainEqual(
    expect.objectContaining({ type: 'presence', agent: fixture.agent, online: true }),
  );
});

test('a proof by another key, an unknown agent and a revoked one are refused, each with its code', async () => {
  const wrongKey = new Peer();
  await prove(wrongKey, { key: generateSigningKey().key });
  expect(await wrongKey.ended()).toBe(LinkClose.refused);

  const unknown = new Peer();
  unknown.send({ type: 'hello', version: 1, agent: freshId(), nonce });
  expect(await unknown.ended()).toBe(LinkClose.refused);

  await test_.database.tenant(fixture.organisation, (tx) =>
    sql`update agents set status = 'revoked', public_key = null`.execute(tx),
  );
  const revoked = new Peer();
  revoked.send({ type: 'hello', version: 1, agent: fixture.agent, nonce });
  expect(await revoked.ended()).toBe(LinkClose.revoked);
});

test('nothing is taken before the proof', async () => {
  const early = new Peer();
  observe(early, 1, brightness(1));
  expect(await early.ended()).toBe(LinkClose.protocol);
  const picture = new Peer();
  picture.sendRaw(Uint8Array.of(0, 2, 123, 125));
  expect(await picture.ended()).toBe(LinkClose.protocol);
  const silent = new Peer();
  await clock.advance(seconds(11));
  expect(await silent.ended()).toBe(LinkClose.protocol);
});

test('garbage of any kind ends the connection and nothing else', async () => {
  for (const frame of ['', '{', '[]', '{"type":"proof"}', 'null', '{"type":"observations"}']) {
    const peer = await connect();
    peer.sendRaw(frame);
    expect(await peer.ended()).toBe(LinkClose.protocol);
  }
  const next = await connect();
  observe(next, 1, brightness(1));
  await next.next('acknowledge');
});

test('a batch is acknowledged after its commit, and panels hear of it', async () => {
  const peer = await connect();
  observe(peer, 1, brightness(10), brightness(20));
  expect(await peer.next('acknowledge')).toEqual({ type: 'acknowledge', stream: fixture.stream, seq: 2 });
  const { rows } = await test_.database.tenant(fixture.organisation, (tx) =>
    sql<{ value: number }>`select value from thing_state`.execute(tx),
  );
  expect(rows).toEqual([{ value: 20 }]);
  expect(heard).toContainEqual(expect.objectContaining({ type: 'property', name: 'brightness', value: 20 }));
});

test('a gap is answered with what is expected', async () => {
  const peer = await connect();
  observe(peer, 5, brightness(1));
  expect(await peer.next('gap')).toEqual({ type: 'gap', stream: fixture.stream, expected: 1 });
});

test('a new connection of the same agent ends the old one and goes on where the log stands', async () => {
  const first = await connect();
  observe(first, 1, brightness(10));
  await first.next('acknowledge');
  const second = new Peer();
  await prove(second);
  expect(await second.next('welcome')).toMatchObject({ acknowledged: 1 });
  expect(await first.ended()).toBe(LinkClose.replaced);
  first.hangUp();
  observe(second, 2, brightness(20));
  await second.next('acknowledge');
  const { rows } = await test_.database.tenant(fixture.organisation, (tx) =>
    sql<{ online: boolean }>`select online from agents`.execute(tx),
  );
  expect(rows).toEqual([{ online: true }]);
});

test('queued commands go out as orders that the agent’s own rules accept', async () => {
  const request = () =>
    test_.database.tenant(fixture.organisation, (tx) =>
      requestCommands(
        tx,
        fixture.principal('operator'),
        { things: fixture.things, action: 'setBrightness', input: { brightness: 1 }, asBatch: true },
        { clock, random: systemRandom },
      ),
    );
  await request();
  const peer = await connect();
  await request();
  link.deliver([fixture.agent]);
  for (let count = 0; count < 4; count++) {
    const { order } = await peer.next<{ order: SignedOrder }>('order');
    const verdict = judgeOrder(order, {
      serverKey: serverKey.publicKey,
      agent: fixture.agent,
      now: clock.now(),
      looksAfter: (thing) => fixture.things.includes(thing),
      wasTaken: () => false,
    });
    expect(verdict).toMatchObject({ ok: true });
  }
});

test('a revoked agent is cut off at once, and its things are shown without it', async () => {
  const peer = await connect();
  link.revoke(fixture.agent);
  expect(await peer.ended()).toBe(LinkClose.revoked);
  await vi.waitFor(() =>
    expect(heard).toContainEqual(
      expect.objectContaining({ type: 'presence', agent: fixture.agent, online: false }),
    ),
  );
});

test('an agent that answers no heartbeat is cut off', async () => {
  const peer = await connect();
  await clock.advance(seconds(35));
  expect(await peer.ended()).toBe(1006);
});
