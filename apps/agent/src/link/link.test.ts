import { days, hours, seededRandom, type ThingId } from '@vakhta/kernel';
import { generateSigningKey, type Observation } from '@vakhta/link';
import { afterEach, expect, test } from 'vitest';
import { AgentWorld } from '../../test/agent-world.ts';
import { linkUrl } from './link.ts';

let worlds: AgentWorld[] = [];
function world(options?: ConstructorParameters<typeof AgentWorld>[0]): AgentWorld {
  const made = new AgentWorld(options);
  worlds.push(made);
  return made;
}
afterEach(() => {
  for (const each of worlds) each.end();
  worlds = [];
});

const counted = (log: readonly Observation[]) =>
  log.flatMap((each) => (each.kind === 'event' && each.name === 'switched' ? [each.data] : []));
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

/** Has the lamp report events from `from` to `to`, as fast as they are taken. */
async function report(at: AgentWorld, thing: ThingId, from: number, to: number): Promise<void> {
  for (let n = from; n <= to; n++) void at.workshop.lamp(thing).report.event('switched', n);
  await at.clock.settle();
}

async function linkedWithLamp(options?: ConstructorParameters<typeof AgentWorld>[0]) {
  const at = world(options);
  const lamp = at.lamp();
  at.peer.things = [lamp];
  await at.startLinked();
  return { at, thing: lamp.thing };
}

test('what was reported while the server was away arrives once it is back, once and in order', async () => {
  const { at, thing } = await linkedWithLamp();
  at.isReachable = false;
  at.peer.cut();
  await at.clock.advance(5000);
  await report(at, thing, 1, 1200);
  await at.clock.advance(60_000);
  expect(counted(at.peer.log)).toEqual([]);
  at.isReachable = true;
  await at.clock.advanceUntil(() => at.agent.health().outbox.waiting === 0);
  expect(counted(at.peer.log)).toEqual(upTo(1200));
  expect(at.peer.breaches).toEqual([]);
});

test.each(upTo(40))(
  'whatever the wire does to frames, the log has no hole and no repeat (seed %i)',
  async (seed) => {
    const chance = seededRandom(seed);
    const { at, thing } = await linkedWithLamp({ seed });
    // A WebSocket does none of this; whatever carries the link one day may.
    at.wireFaults = {
      copies: () => (chance.float() < 0.03 ? 0 : chance.float() < 0.05 ? 2 : 1),
      delay: () => (chance.float() < 0.1 ? 30 : 1),
    };
    at.peer.cut();
    for (let round = 0; round < 8; round++) {
      await report(at, thing, round * 700 + 1, round * 700 + 700);
      await at.clock.advance(3000);
      if (chance.float() < 0.3) at.peer.cut();
    }
    at.wireFaults = {};
    at.peer.cut();
    await at.clock.advanceUntil(() => at.agent.health().outbox.waiting === 0, 200_000);
    expect(counted(at.peer.log)).toEqual(upTo(5600));
  },
);

test('a server that does not prove the key pinned at enrolment learns nothing', async () => {
  const at = world();
  at.peer.provesWith = generateSigningKey().key;
  at.start();
  await at.clock.advance(60_000);
  expect(at.peer.connections).toBeGreaterThan(2);
  expect(new Set(at.peer.arrivals)).toEqual(new Set(['hello']));
  expect(at.logged.some(({ event }) => event === 'link.server_not_proved')).toBe(true);
});

test('at most four batches are under way', async () => {
  const { at, thing } = await linkedWithLamp();
  at.peer.treat = () => 'silent';
  at.peer.batches.length = 0;
  await report(at, thing, 1, 5000);
  await at.clock.advance(1000);
  expect(at.peer.batches.length).toBe(4);
});

test('acknowledgements that stay out end the connection, and the next one finds out where both stand', async () => {
  const { at, thing } = await linkedWithLamp();
  at.peer.treat = () => 'silent';
  await report(at, thing, 1, 10);
  await at.clock.advance(15_000);
  expect(at.peer.connections).toBe(1);
  at.peer.treat = () => 'apply';
  await at.clock.advanceUntil(() => at.agent.health().outbox.waiting === 0);
  expect(at.peer.connections).toBe(2);
  expect(counted(at.peer.log)).toEqual(upTo(10));
});

test('a gap is filled from where the server says, and its echoes do not multiply what is sent', async () => {
  const { at, thing } = await linkedWithLamp();
  at.peer.batches.length = 0;
  let losses = 1;
  at.peer.treat = () => (losses-- > 0 ? 'lose' : 'apply');
  await report(at, thing, 1, 2000);
  await at.clock.advanceUntil(() => at.agent.health().outbox.waiting === 0);
  expect(counted(at.peer.log)).toEqual(upTo(2000));
  expect(at.peer.batches.length).toBe(8);
  expect(at.peer.connections).toBe(1);
});

test('an acknowledgement said twice changes nothing; one of what was never sent is a breach, and trims nothing', async () => {
  const { at, thing } = await linkedWithLamp();
  await report(at, thing, 1, 3);
  await at.clock.advance(100);
  const [[stream, seq]] = [...at.peer.streams] as [[never, number]];
  at.peer.send({ type: 'acknowledge', stream, seq });
  at.peer.send({ type: 'acknowledge', stream, seq: 1 });
  await at.clock.advance(100);
  expect(at.peer.connections).toBe(1);
  at.peer.send({ type: 'acknowledge', stream, seq: seq + 1 });
  await at.clock.advance(1000);
  await report(at, thing, 4, 4);
  await at.clock.advanceUntil(() => at.agent.health().outbox.waiting === 0);
  expect(at.peer.connections).toBe(2);
  expect(counted(at.peer.log)).toEqual(upTo(4));
});

test('after a failure the waits grow up to half a minute and are spread', async () => {
  const at = world();
  at.isReachable = false;
  at.start();
  await at.clock.advance(600_000);
  const waits = at.logged
    .filter(({ event }) => event === 'link.closed')
    .map(({ fields }) => (fields as { retryIn: number }).retryIn);
  for (const [i, wait] of waits.entries()) expect(wait).toBeLessThanOrEqual(Math.min(30_000, 250 * 2 ** i));
  expect(Math.max(...waits)).toBeGreaterThan(10_000);
  expect(new Set(waits).size).toBeGreaterThan(waits.length / 2);
});

test('an agent whose enrolment was taken back puts its drivers down and does not come again', async () => {
  const { at, thing } = await linkedWithLamp();
  at.peer.close(4403);
  await at.clock.advance(10_000);
  expect(await at.agent.ended).toEqual({ because: 'revoked' });
  expect(at.workshop.lamp(thing).isStopped).toBe(true);
  await at.clock.advance(600_000);
  expect(at.peer.connections).toBe(1);
});

test('a server that says nothing any more is left within 40 s', async () => {
  let isHalfOpen = false;
  const at = world();
  at.wireFaults = { isHalfOpen: () => isHalfOpen };
  await at.startLinked();
  isHalfOpen = true;
  await at.clock.advanceUntil(() => !at.agent.isLinked, 40_000);
  expect(
    at.logged.some(({ fields }) => fields && 'reason' in fields && fields.reason === 'no sign of life'),
  ).toBe(true);
  isHalfOpen = false;
  await at.clock.advanceUntil(() => at.agent.isLinked);
});

test('of a lossy value only the latest is sent after an absence, and an unchanged one not at all', async () => {
  const { at, thing } = await linkedWithLamp();
  const brightness = () =>
    at.peer.log.flatMap((each) =>
      each.kind === 'property' && each.name === 'brightness' ? [each.value] : [],
    );
  await at.workshop.lamp(thing).report.property('brightness', 10);
  await at.clock.advance(200);
  at.isReachable = false;
  at.peer.cut();
  await at.clock.advance(100);
  for (const value of [20, 30, 40]) await at.workshop.lamp(thing).report.property('brightness', value);
  at.isReachable = true;
  await at.clock.advance(5000);
  await at.workshop.lamp(thing).report.property('brightness', 40);
  await at.clock.advance(5000);
  expect(brightness()).toEqual([10, 40]);
});

test('"still true" is told every two seconds for what was confirmed, after the value it speaks of', async () => {
  const { at, thing } = await linkedWithLamp();
  at.peer.arrivals.length = 0;
  const { report: lamp } = at.workshop.lamp(thing);
  await lamp.property('brightness', 55);
  lamp.confirm();
  const confirmedAt = at.serverNow();
  await at.clock.advance(2100);
  const told = at.peer.arrivals.filter((each) => each !== 'health');
  expect(told).toEqual(['observations', 'pulse']);
  expect(at.peer.pulses[0]?.things[0]?.[0]).toBe(thing);
  expect(Math.abs((at.peer.pulses[0]?.things[0]?.[1] ?? 0) - confirmedAt)).toBeLessThan(5);
  await at.clock.advance(10_000);
  expect(at.peer.pulses).toHaveLength(1);
});

test('"still true" waits while the value it speaks of cannot be sent', async () => {
  const { at, thing } = await linkedWithLamp();
  at.peer.treat = () => 'silent';
  await report(at, thing, 1, 3000);
  const { report: lamp } = at.workshop.lamp(thing);
  await lamp.property('brightness', 55);
  lamp.confirm();
  await at.clock.advance(10_000);
  expect(at.peer.pulses).toEqual([]);
  at.peer.treat = () => 'apply';
  at.peer.cut();
  await at.clock.advanceUntil(() => at.peer.pulses.length > 0);
  expect(at.peer.log.at(-1)).toMatchObject({ name: 'brightness', value: 55 });
});

test("observations carry the server's time, and a jump of the machine's clock changes nothing but is told", async () => {
  const { at, thing } = await linkedWithLamp({ serverAhead: hours(-3) });
  at.clock.jump(days(400));
  at.serverAhead -= days(400);
  await report(at, thing, 1, 1);
  await at.clock.advance(2000);
  const event = at.peer.log.find((each) => each.kind === 'event');
  expect(Math.abs(event!.at - at.serverNow())).toBeLessThan(2100);
  expect(at.peer.events('clock_jumped')).toMatchObject([{ data: { by: days(400) } }]);
  await at.clock.advance(6000);
  expect(Math.abs(at.peer.health!.clockOffset - hours(3) - days(400))).toBeLessThan(10);
});

test('a server whose disk went back gets what is still here as a new stream, and nothing twice in one stream', async () => {
  const { at, thing } = await linkedWithLamp();
  await report(at, thing, 1, 10);
  await at.clock.advance(1000);
  const [old] = [...at.peer.streams.keys()];
  at.peer.streams.set(old!, 4);
  at.peer.cut();
  await report(at, thing, 11, 12);
  await at.clock.advanceUntil(() => at.peer.streams.size === 2 && at.agent.health().outbox.waiting === 0);
  expect(counted(at.peer.log)).toEqual(upTo(12));
  expect(at.peer.events('stream_renewed')).toHaveLength(1);
});

test('the link lies below the server’s address, encrypted where that is', () => {
  expect(linkUrl('https://desk.example')).toBe('wss://desk.example/api/v1/link');
  expect(linkUrl('http://127.0.0.1:8080')).toBe('ws://127.0.0.1:8080/api/v1/link');
  expect(linkUrl('https://example.org/desk')).toBe('wss://example.org/desk/api/v1/link');
});
