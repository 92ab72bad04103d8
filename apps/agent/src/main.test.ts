import { type CommandId, seconds } from '@vakhta/kernel';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AgentWorld } from '../test/agent-world.ts';

let at: AgentWorld;
let lamp: ReturnType<AgentWorld['lamp']>;
beforeEach(() => {
  at = new AgentWorld();
  lamp = at.lamp();
  at.peer.things = [lamp];
});
afterEach(() => at.end());

/** Stops the agent on the virtual clock; how long it took. */
async function stop(): Promise<number> {
  const began = at.clock.monotonic();
  let ended = false;
  void at.agent.stop().then(() => {
    ended = true;
  });
  await at.clock.advanceUntil(() => ended, seconds(6));
  return at.clock.monotonic() - began;
}

test('a graceful stop puts the drivers down, hands over everything, says so, and is quick', async () => {
  await at.startLinked();
  void at.workshop.lamp(lamp.thing).report.event('switched', 1);
  void at.workshop.lamp(lamp.thing).report.property('brightness', 12);
  expect(await stop()).toBeLessThan(1000);
  expect(at.workshop.lamp(lamp.thing).isStopped).toBe(true);
  const said = at.peer.log.slice(-3).map((each) => ('name' in each ? each.name : each.kind));
  expect(said).toEqual(['switched', 'brightness', 'stopping']);
  expect(await at.agent.ended).toEqual({ because: 'stopped' });
});

test('a stop takes 5 s at most, even if a driver does not let go, the server is silent and a command hangs', async () => {
  await at.startLinked();
  at.workshop.act = () => new Promise(() => {});
  const id = at.newId<CommandId>();
  at.peer.order({ id, thing: lamp.thing, action: 'dim', input: { to: 1 } });
  await at.clock.advance(100);
  at.peer.treat = () => 'silent';
  expect(await stop()).toBeLessThanOrEqual(5000);
  at.peer.treat = () => 'apply';
  await at.startLinked();
  expect(at.peer.life(id)).toEqual(['accepted', 'unknown driver_stopped']);
});

test('after a kill nothing has any effect: no write, no frame, no timer', async () => {
  await at.startLinked();
  const { report } = at.workshop.lamp(lamp.thing);
  void report.event('switched', 1);
  let driverWent = false;
  at.workshop.lamp(lamp.thing).options.clock.after(1000, () => {
    driverWent = true;
  });
  at.agent.kill();
  void report.event('switched', 2);
  void report.property('brightness', 3);
  const logged = at.logged.length;
  await at.clock.advance(seconds(120));
  expect(driverWent).toBe(false);
  expect(at.peer.connections).toBe(1);
  expect(at.logged.slice(logged)).toEqual([]);
  await at.startLinked();
  expect(at.peer.log.filter((each) => each.kind === 'event')).toEqual([]);
});

test('a damaged outbox ends the agent with the reason, rather than go on without it', async () => {
  let broken = false;
  at.hooks = {
    beforeWrite() {
      if (broken) throw Object.assign(new Error('database disk image is malformed'), { errcode: 11 });
    },
  };
  await at.startLinked();
  broken = true;
  void at.workshop.lamp(lamp.thing).report.event('switched', 1);
  await at.clock.advance(1000);
  expect(await at.agent.ended).toMatchObject({ because: 'broken', error: { errcode: 11 } });
});

test('each start is in the log, with how many commands the last life left open', async () => {
  await at.startLinked();
  await at.restart();
  expect(at.peer.events('started')).toMatchObject([{ data: { unfinished: 0 } }, { data: { unfinished: 0 } }]);
});

test('health is told every five seconds: outbox, memory, disk, drivers', async () => {
  await at.startLinked();
  await at.clock.advance(seconds(6));
  expect(at.peer.health).toMatchObject({
    outbox: { waiting: 0, capacity: 10_000, full: false },
    drivers: [{ thing: lamp.thing, state: 'running', restarts: 0 }],
  });
  expect(at.peer.health!.memoryBytes).toBeGreaterThan(10e6);
  expect(at.peer.arrivals.filter((each) => each === 'health').length).toBeGreaterThanOrEqual(2);
});
