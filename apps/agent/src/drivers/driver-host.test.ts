import { minutes, seconds } from '@vakhta/kernel';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AgentWorld } from '../../test/agent-world.ts';

let at: AgentWorld;
beforeEach(() => {
  at = new AgentWorld();
});
afterEach(() => at.end());

async function linkedWith(...things: ReturnType<AgentWorld['lamp']>[]) {
  at.peer.things = things;
  await at.startLinked();
}
const drivers = () => at.agent.health().drivers;
const values = (name: string) =>
  at.peer.log.flatMap((each) => (each.kind === 'property' && each.name === name ? [each.value] : []));

test('a crashed driver is opened again, both is told, and the thing counts as out of sight meanwhile', async () => {
  const lamp = at.lamp();
  await linkedWith(lamp);
  await at.workshop.lamp(lamp.thing).report.online(true);
  at.workshop.lamp(lamp.thing).crash(new Error('fuse'));
  await at.clock.settle();
  expect(drivers()).toMatchObject([{ state: 'restarting', restarts: 1, problem: 'fuse' }]);
  await at.clock.advance(seconds(2));
  expect(drivers()).toMatchObject([{ state: 'running', restarts: 1 }]);
  await at.workshop.lamp(lamp.thing).report.online(true);
  await at.clock.advance(100);
  expect(at.peer.events('driver_crashed')).toMatchObject([
    { thing: lamp.thing, data: { message: 'fuse', restarts: 1 } },
  ]);
  expect(at.peer.events('driver_restarted')).toMatchObject([{ thing: lamp.thing, data: { restarts: 1 } }]);
  const presence = at.peer.log.flatMap((each) => (each.kind === 'presence' ? [each.online] : []));
  expect(presence).toEqual([true, false, true]);
});

test('a driver that ends by itself, or throws when it is opened, has crashed too', async () => {
  const lamp = at.lamp();
  at.workshop.openError = new Error('no such socket');
  await linkedWith(lamp);
  expect(drivers()).toMatchObject([{ state: 'restarting', problem: 'no such socket' }]);
  at.workshop.openError = undefined;
  await at.clock.advance(minutes(1));
  expect(drivers()).toMatchObject([{ state: 'running' }]);
});

test('waits between restarts grow to a minute, and begin short again after a minute without a crash', async () => {
  const lamp = at.lamp();
  await linkedWith(lamp);
  const crash = async () => {
    at.workshop.lamp(lamp.thing).crash(new Error('again'));
    await at.clock.settle();
    await at.clock.advanceUntil(() => drivers()[0]?.state === 'running', minutes(2));
  };
  for (let i = 0; i < 12; i++) await crash();
  const waits = () =>
    at.logged.flatMap(({ event, fields }) =>
      event === 'driver.crashed' ? [(fields as { retryIn: number }).retryIn] : [],
    );
  for (const [i, wait] of waits().entries())
    expect(wait).toBeLessThanOrEqual(Math.min(60_000, 1000 * 2 ** i));
  expect(Math.max(...waits())).toBeGreaterThan(10_000);
  await at.clock.advance(minutes(2));
  await crash();
  expect(waits().at(-1)).toBeLessThanOrEqual(1000);
});

test('one crashing driver leaves the others alone', async () => {
  const [first, second] = [at.lamp(1), at.lamp(2)];
  await linkedWith(first, second);
  at.workshop.lamp(first.thing).crash(new Error('fuse'));
  await at.clock.advance(seconds(5));
  await at.workshop.lamp(second.thing).report.event('switched', 1);
  await at.clock.advance(100);
  expect(at.workshop.lamps.filter((each) => each.options.thing === second.thing)).toHaveLength(1);
  expect(at.peer.log.filter((each) => each.kind === 'event')).toHaveLength(1);
});

test('a configuration that breaks the schema, or a kind without a driver, is refused with the reason', async () => {
  const bad = { ...at.lamp(), configuration: { socket: 0 } };
  const alien = { ...at.lamp(), model: 'flying-saucer' };
  await linkedWith(bad, alien);
  expect(drivers()).toMatchObject([
    { thing: bad.thing, state: 'refused', problem: 'socket: must be at least 1' },
    { thing: alien.thing, state: 'refused', problem: "there is no driver for the model 'flying-saucer'" },
  ]);
  expect(at.workshop.lamps).toHaveLength(0);
});

test('a changed configuration reopens the driver, a new name does not, removal stops it', async () => {
  const lamp = at.lamp();
  await linkedWith(lamp);
  const first = at.workshop.lamp(lamp.thing);
  at.peer.assign([{ ...lamp, name: 'renamed' }]);
  await at.clock.advance(100);
  expect(first.isStopped).toBe(false);
  at.peer.assign([{ ...lamp, configuration: { socket: 7 } }]);
  await at.clock.advance(100);
  expect(first.isStopped).toBe(true);
  const second = at.workshop.lamp(lamp.thing);
  expect(second.options.configuration).toEqual({ socket: 7 });
  at.peer.assign([]);
  await at.clock.advance(100);
  expect(second.isStopped).toBe(true);
  expect(drivers()).toEqual([]);
  expect(at.workshop.lamps).toHaveLength(2);
});

test('what an agent looks after it goes on looking after when it starts without a server', async () => {
  const lamp = at.lamp();
  await linkedWith(lamp);
  at.agent.kill();
  at.isReachable = false;
  at.start();
  await at.clock.advance(1000);
  expect(drivers()).toMatchObject([{ thing: lamp.thing, state: 'running' }]);
  await at.workshop.lamp(lamp.thing).report.event('switched', 5);
  at.isReachable = true;
  await at.clock.advanceUntil(() => at.peer.log.some((each) => each.kind === 'event'));
});

test('a name the model does not have is logged as a bug of the driver, and the agent goes on', async () => {
  const lamp = at.lamp();
  await linkedWith(lamp);
  const { report } = at.workshop.lamp(lamp.thing);
  await report.property('colour', 'red');
  await report.event('exploded', null);
  await report.property('brightness', 30);
  await at.clock.advance(200);
  const wrong = at.logged.filter(({ event }) => event === 'driver.bad_report');
  expect(wrong.map(({ fields }) => (fields as { name: string }).name)).toEqual(['colour', 'exploded']);
  expect(values('brightness')).toEqual([30]);
  expect(drivers()).toMatchObject([{ state: 'running', restarts: 0 }]);
});

test('a lossy value outside its schema is shown as unknown; a durable fact is kept as the machine gave it', async () => {
  const lamp = at.lamp();
  await linkedWith(lamp);
  const { report } = at.workshop.lamp(lamp.thing);
  await report.property('brightness', 30);
  await at.clock.advance(100);
  await report.property('brightness', 400);
  await report.property('switchings', 'many');
  await at.clock.advance(100);
  expect(values('brightness')).toEqual([30, null]);
  expect(values('switchings')).toEqual(['many']);
});

test('a durable report is pending while the outbox is full, and a repeat waits with the first', async () => {
  at.end();
  at = new AgentWorld({ outbox: { maxObservations: 30, reserveObservations: 20 } });
  const lamp = at.lamp();
  await linkedWith(lamp);
  at.isReachable = false;
  at.peer.cut();
  await at.clock.advance(1000);
  const { report } = at.workshop.lamp(lamp.thing);
  for (let n = 1; n <= 10; n++) void report.property('switchings', n);
  const settled: string[] = [];
  void report.property('switchings', 11).then(() => settled.push('first'));
  void report.property('switchings', 11).then(() => settled.push('repeat'));
  await at.clock.advance(1000);
  expect(settled).toEqual([]);
  expect(at.agent.health().outbox.full).toBe(true);
  at.isReachable = true;
  await at.clock.advanceUntil(() => settled.length === 2);
  await at.clock.advance(1000);
  expect(values('switchings')).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  expect(at.peer.events('outbox_full')).toHaveLength(1);
  expect(at.peer.events('outbox_drained')).toHaveLength(1);
});

test('what a crashed driver still says is neither taken nor promised', async () => {
  const lamp = at.lamp();
  await linkedWith(lamp);
  const ghost = at.workshop.lamp(lamp.thing);
  ghost.crash(new Error('fuse'));
  await at.clock.advance(seconds(2));
  let promised = false;
  void ghost.report.event('switched', 1).then(() => {
    promised = true;
  });
  void ghost.report.property('brightness', 99);
  await at.clock.advance(seconds(2));
  expect(promised).toBe(false);
  expect(values('brightness')).toEqual([]);
});

test('an event told again after a crash is recorded once, at whatever write the agent died', async () => {
  for (const dies of ['beforeWrite', 'afterWrite'] as const) {
    at.end();
    at = new AgentWorld();
    const lamp = at.lamp();
    await linkedWith(lamp);
    await at.workshop.lamp(lamp.thing).report.event('switched', 1, { once: '1' });
    const power = new Error('power cut');
    at.hooks[dies] = (kind) => {
      if (kind !== 'append') return;
      at.agent.kill();
      throw power;
    };
    void at.workshop.lamp(lamp.thing).report.event('switched', 2, { once: '2' });
    await at.clock.settle();
    at.hooks[dies] = () => {};
    await at.restart();
    await at.clock.advance(200);
    const { report } = at.workshop.lamp(lamp.thing);
    expect(report.lastOnce('switched')).toBe(dies === 'beforeWrite' ? '1' : '2');
    await report.event('switched', 2, { once: '2' });
    await report.event('switched', 3, { once: '3' });
    await at.clock.advance(200);
    expect(at.peer.log.flatMap((each) => (each.kind === 'event' ? [each.data] : []))).toEqual([1, 2, 3]);
  }
});
