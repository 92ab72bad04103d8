import { systemClock } from '@vakhta/kernel';
import type { WireHandlers } from '@vakhta/link';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AgentWorld } from '../../test/agent-world.ts';
import { localCertificate } from '../../test/certificate.ts';
import { type LinkServer, serveLink } from '../../test/link-server.ts';
import { startAgent } from '../main.ts';
import { webSocketConnect } from './web-socket-wire.ts';

let at: AgentWorld;
let servers: LinkServer[];
beforeEach(() => {
  at = new AgentWorld();
  servers = [];
});
afterEach(async () => {
  at.end();
  for (const server of servers) await server.close();
});

async function serve(options: Partial<Parameters<typeof serveLink>[0]> = {}): Promise<LinkServer> {
  const server = await serveLink({ accept: (wire) => at.peer.accept(wire), ...options });
  servers.push(server);
  return server;
}

/** The agent on the machine's own clock and a real socket. */
function start(server: string, authority?: string): void {
  at.agent = startAgent(
    { ...at.config, identity: { ...at.config.identity, server } },
    {
      clock: { ...systemClock, now: () => at.clock.now() + systemClock.monotonic() },
      random: at.random,
      connect: webSocketConnect({ authority }),
      modules: [at.workshop.module],
      log: (level, event, fields) => at.logged.push({ level, event, fields }),
    },
  );
}

/** For what happens in its own time; a loaded machine takes longer. */
const until = (condition: () => boolean) => vi.waitUntil(condition, { timeout: 20_000 });
const reasons = () =>
  at.logged.flatMap(({ event, fields }) =>
    event === 'link.closed' ? [(fields as { reason: string }).reason] : [],
  );

test('facts, orders and pictures go over a real socket as they do over one in memory', async () => {
  const lamp = at.lamp();
  at.peer.things = [lamp];
  const bytes = new Uint8Array(3_000_000).map((_, i) => i % 253);
  at.workshop.act = async () => ({
    state: 'succeeded',
    observed: true,
    picture: { contentType: 'image/jpeg', bytes },
  });
  start((await serve()).url);
  await until(() => at.workshop.lamps.length === 1);
  for (let n = 1; n <= 3000; n++) void at.workshop.lamp(lamp.thing).report.event('switched', n);
  const id = at.newId<never>();
  at.peer.order({
    id,
    thing: lamp.thing,
    action: 'photograph',
    input: {},
    notAfter: at.serverNow() + 60_000,
  });
  await until(() => at.peer.life(id).length === 2 && at.agent.health().outbox.waiting === 0);
  const events = at.peer.log.flatMap((each) => (each.kind === 'event' ? [each.data] : []));
  expect(events).toEqual(Array.from({ length: 3000 }, (_, i) => i + 1));
  expect(at.peer.life(id)).toEqual(['accepted', 'succeeded']);
  expect([...at.peer.pictures.values()]).toEqual([Buffer.from(bytes)]);
  expect(at.peer.breaches).toEqual([]);
});

test('the agent finds a server again that went away and came back', async () => {
  const first = await serve();
  start(first.url);
  await until(() => at.peer.isOpen);
  await first.close();
  servers.length = 0;
  await until(() => !at.agent.isLinked);
  await serve({ port: Number(new URL(first.url).port) });
  await until(() => at.agent.isLinked);
  expect(at.peer.connections).toBeGreaterThanOrEqual(2);
});

test('a certificate is believed when the pinned authority signed it, and no other is', async () => {
  const [good, other] = await Promise.all([localCertificate(), localCertificate()]);
  const { url } = await serve({ tls: good });
  start(url, good.cert);
  await until(() => at.agent.isLinked);
  at.agent.kill();

  start(url, other.cert);
  await until(() => reasons().length > 0);
  expect(at.agent.isLinked).toBe(false);
  expect(reasons()[0]).toMatch(/certificate/);
});

test('whatever ends a connection is told once, with what is known of the reason', async () => {
  const { url } = await serve();
  const ended: string[] = [];
  const handlers = (name: string): WireHandlers => ({
    opened() {},
    frame() {},
    alive() {},
    closed: (code, reason) => ended.push(`${name} ${code} ${reason}`),
  });
  const connect = webSocketConnect();
  connect('ws://127.0.0.1:1/', handlers('refused'));
  connect(`${url.replace('http', 'ws')}/elsewhere`, handlers('not found'));
  await until(() => ended.length === 2);
  expect(ended.sort()).toEqual([
    expect.stringMatching(/^not found 1006 .*(400|404)/),
    expect.stringMatching(/^refused 1006 .*ECONNREFUSED/),
  ]);
});
