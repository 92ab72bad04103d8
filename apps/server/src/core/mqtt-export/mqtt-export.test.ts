import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { systemClock, type ThingId } from '@vakhta/kernel';
import { Aedes } from 'aedes';
import { sql } from 'kysely';
import mqtt from 'mqtt';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Fixture, seedOrganisation } from '../../../test/fixture.ts';
import { createTestDatabase, type TestDatabase } from '../../../test/test-database.ts';
import { createLog } from '../../platform/log/log.ts';
import { LiveHub } from '../live/hub.ts';
import { MqttExport } from './mqtt-export.ts';

/** A real broker on loopback; what it keeps goes with it. */
async function startBroker(port = 0) {
  const aedes = await Aedes.createBroker();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    aedes.handle(socket);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await new Promise<void>((resolve) => aedes.close(resolve));
    },
  };
}

/** What anybody hears who comes now, and what is said from then on. */
async function visit(port: number) {
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 0 });
  const retained = new Map<string, string>();
  const events: { topic: string; payload: unknown; retain: boolean }[] = [];
  client.on('message', (topic, payload, { retain }) => {
    const text = payload.toString();
    if (topic.endsWith('/events')) events.push({ topic, payload: JSON.parse(text), retain });
    else if (text === '') retained.delete(topic);
    else retained.set(topic, text);
  });
  await client.subscribeAsync('#', { qos: 1 });
  return { retained, events, client };
}
type Visitor = Awaited<ReturnType<typeof visit>>;

let store: TestDatabase;
let fixture: Fixture;
let hub: LiveHub;
let broker: Awaited<ReturnType<typeof startBroker>>;
let told: MqttExport;
const visitors: Visitor[] = [];
const at = '2026-11-25T10:00:00.000Z';

const begin = (topic = 'vakhta') =>
  new MqttExport({
    url: `mqtt://127.0.0.1:${broker.port}`,
    topic,
    discovery: 'homeassistant',
    language: 'ru',
    version: '1.2.3',
    desk: () => 'https://desk.example',
    database: store.database,
    hub,
    clock: systemClock,
    log: createLog({ level: 'silent' }),
  });
const look = async () => {
  const visitor = await visit(broker.port);
  visitors.push(visitor);
  return visitor;
};
const base = (thing: ThingId, topic = 'vakhta') => `${topic}/${fixture.organisation}/things/${thing}`;
const config = (thing: ThingId) => `homeassistant/device/vakhta_${thing}/config`;
const eventually = (check: () => void) => vi.waitFor(check, { timeout: 15_000, interval: 20 });
const tenant = (statement: ReturnType<typeof sql>) =>
  store.database.tenant(fixture.organisation, (tx) => statement.execute(tx));

beforeEach(async () => {
  store = await createTestDatabase();
  fixture = await seedOrganisation(store.database, { things: 2 });
  const [thing, other] = fixture.things as [ThingId, ThingId];
  await tenant(sql`
    insert into thing_state (org_id, thing_id, name, value, at, log_id)
    values (${fixture.organisation}, ${thing}, 'brightness', '50', now(), 1),
           (${fixture.organisation}, ${other}, 'brightness', null, now(), 1)`);
  await tenant(sql`
    insert into thing_presence (org_id, thing_id, online, at, log_id)
    values (${fixture.organisation}, ${thing}, true, now(), 1)`);
  hub = new LiveHub({ thingsOfSite: async () => [], tellNodes: () => {} });
  broker = await startBroker();
  told = begin();
});
afterEach(async () => {
  for (const { client } of visitors.splice(0)) await client.endAsync(true);
  await told.close();
  await broker.stop();
  await store.drop();
});

test('whoever comes to the broker finds every thing as a device of Home Assistant, with its state', async () => {
  const [thing, other] = fixture.things as [ThingId, ThingId];
  const { retained } = await look();
  await eventually(() => expect(retained.get(config(other))).toBeDefined());
  expect(JSON.parse(retained.get(config(thing))!)).toEqual({
    device: {
      identifiers: [`vakhta_${thing}`],
      name: 'Lamp 1',
      model: 'Лампа',
      suggested_area: 'Site',
      configuration_url: `https://desk.example/things/${thing}`,
    },
    origin: { name: 'Vakhta', sw_version: '1.2.3', support_url: 'https://desk.example' },
    availability: [{ topic: 'vakhta/status' }, { topic: `${base(thing)}/status` }],
    availability_mode: 'all',
    qos: 1,
    components: {
      brightness: {
        platform: 'sensor',
        state_class: 'measurement',
        unit_of_measurement: '%',
        unique_id: `vakhta_${thing}_brightness`,
        name: 'Яркость',
        state_topic: `${base(thing)}/properties/brightness`,
      },
      events: {
        platform: 'event',
        unique_id: `vakhta_${thing}_events`,
        name: 'События',
        state_topic: `${base(thing)}/events`,
        event_types: ['flickered'],
      },
    },
  });
  expect(retained.get('vakhta/status')).toBe('online');
  expect(retained.get(`${base(thing)}/status`)).toBe('online');
  expect(retained.get(`${base(thing)}/properties/brightness`)).toBe('50');
  // Unknown is unknown, never zero; what never answered is offline.
  expect(retained.get(`${base(other)}/properties/brightness`)).toBe('None');
  expect(retained.get(`${base(other)}/status`)).toBe('offline');
});

test('a change is told at once and kept, an event is told once and not kept', async () => {
  const [thing] = fixture.things;
  const { retained, events } = await look();
  await eventually(() => expect(retained.get(config(thing))).toBeDefined());
  const publish = (message: Parameters<LiveHub['publish']>[1]) =>
    hub.publish(fixture.organisation, message, { thing });
  publish({ type: 'property', thing, name: 'brightness', value: 77, at });
  publish({ type: 'presence', thing, online: false, at });
  publish({ type: 'event', thing, name: 'flickered', data: { times: 2 }, at });
  await eventually(() => {
    expect(retained.get(`${base(thing)}/properties/brightness`)).toBe('77');
    expect(retained.get(`${base(thing)}/status`)).toBe('offline');
    expect(events).toEqual([
      {
        topic: `${base(thing)}/events`,
        payload: { event_type: 'flickered', at, data: { times: 2 } },
        retain: false,
      },
    ]);
  });
  const later = await look();
  await eventually(() => expect(later.retained.get(`${base(thing)}/properties/brightness`)).toBe('77'));
  expect(later.events).toEqual([]);
});

test('a thing that is removed is forgotten by the broker, also when nobody told it at the time', async () => {
  const [thing, other] = fixture.things as [ThingId, ThingId];
  const { retained } = await look();
  await eventually(() => expect(retained.get(config(other))).toBeDefined());
  await tenant(sql`delete from things where id = ${other}`);
  hub.publish(fixture.organisation, { type: 'changed', what: 'things' });
  await eventually(() => {
    expect([...retained.keys()].filter((topic) => topic.includes(other))).toEqual([]);
    expect(retained.get(config(thing))).toBeDefined();
  });
  await told.close();
  expect(retained.get('vakhta/status')).toBe('offline');
  await tenant(sql`delete from things where id = ${thing}`);
  told = begin();
  await eventually(() => expect(retained.has(config(thing))).toBe(false));
});

test('two desks at one broker leave each other’s devices alone', async () => {
  const [thing] = fixture.things;
  const { retained } = await look();
  await eventually(() => expect(retained.get(config(thing))).toBeDefined());
  const foreign = 'homeassistant/device/vakhta_of-another-desk/config';
  await visitors[0]!.client.publishAsync(
    foreign,
    JSON.stringify({ availability: [{ topic: 'elsewhere/status' }] }),
    {
      qos: 1,
      retain: true,
    },
  );
  await told.close();
  await tenant(sql`delete from things where id = ${thing}`);
  told = begin();
  await eventually(() => expect(retained.has(config(thing))).toBe(false));
  expect(retained.has(foreign)).toBe(true);
});

test('a broker that comes back empty is told everything anew', async () => {
  const [thing] = fixture.things;
  const before = await look();
  await eventually(() => expect(before.retained.get(config(thing))).toBeDefined());
  await broker.stop();
  hub.publish(fixture.organisation, { type: 'property', thing, name: 'brightness', value: 1, at }, { thing });
  broker = await startBroker(broker.port);
  const after = await look();
  await eventually(() => {
    expect(after.retained.get(config(thing))).toBe(before.retained.get(config(thing)));
    // The log says so, and the broker says what the log does.
    expect(after.retained.get(`${base(thing)}/properties/brightness`)).toBe('50');
  });
});
