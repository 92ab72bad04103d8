import { seededRandom } from '@vakhta/kernel';
import { VirtualClock } from '@vakhta/testkit';
import { expect, test } from 'vitest';
import { MemorySource } from '../../test/memory-source.ts';
import { ScriptedTarget } from '../../test/scripted-target.ts';
import { keyOnly, reading } from '../../test/tables.ts';
import type { SourceRow } from '../source/source.ts';
import { Mirror, type MirrorOptions } from './mirror.ts';
import type { MirrorState } from './status.ts';

function setUp(options: MirrorOptions = {}) {
  const clock = new VirtualClock();
  const source = new MemorySource([keyOnly], clock);
  const target = new ScriptedTarget();
  const states: MirrorState[] = [];
  const mirror = new Mirror(
    { source, target, clock, random: seededRandom(1) },
    { ...options, onState: (state) => states.push(state) },
  );
  const write = (count: number) => {
    for (let n = 0; n < count; n++) source.write('key_only', { id: source.last() + 1 });
  };
  return { clock, source, target, states, mirror, write };
}

const refused = () => Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

test('the lag is known: rows and the age of the oldest, and none once the target is level', async () => {
  const { clock, mirror, target, write } = setUp();
  expect(await mirror.status()).toMatchObject({ state: 'stopped', position: null, lag: null });
  write(3);
  mirror.start();
  await clock.settle();
  expect(await mirror.status()).toMatchObject({
    state: 'level',
    position: 3,
    lag: { rows: 0, age: 0 },
    copied: 3,
  });
  target.outage = refused();
  write(2);
  await clock.advance(90_000);
  expect(await mirror.status()).toMatchObject({
    state: 'waiting',
    position: 3,
    lag: { rows: 2, age: 90_000 },
  });
  target.outage = null;
  await clock.advanceUntil(() => target.position === 5, 120_000);
  await clock.settle();
  expect(await mirror.status()).toMatchObject({
    state: 'level',
    lag: { rows: 0, age: 0 },
    committedAt: clock.now(),
  });
  await mirror.stop();
});

test('after a restart with the target away, the lag is measured from what the source was told before', async () => {
  const { clock, source, mirror, target, write } = setUp();
  write(4);
  source.mirrored(1);
  target.outage = refused();
  mirror.start();
  await clock.advance(5_000);
  expect(await mirror.status()).toMatchObject({
    state: 'waiting',
    position: 1,
    lag: { rows: 3, age: 5_000 },
  });
  await mirror.stop();
});

test('waits grow up to the limit, begin anew after a success, and end at once when woken', async () => {
  const { clock, mirror, target, states, write } = setUp({ backOff: { first: 1_000, limit: 8_000 } });
  target.outage = refused();
  mirror.start();
  await clock.advance(60_000);
  const waits = states.flatMap((state) => (state.state === 'waiting' ? [state] : []));
  expect(waits.slice(0, 5).map(({ failures }) => failures)).toEqual([1, 2, 3, 4, 5]);
  expect(waits[0]!.error).toMatchObject({ code: 'mirror.unreachable', retry: 'after' });
  expect(waits[0]!.error.message).toContain('postgres://scripted/one');
  // Between half of the ceiling and all of it, eight seconds each in the end: about ten in a minute, not sixty.
  expect(waits.length).toBeGreaterThan(8);
  expect(waits.length).toBeLessThan(16);

  target.outage = null;
  write(1);
  mirror.wake();
  await clock.settle();
  expect(target.position).toBe(1);

  states.length = 0;
  target.outage = refused();
  write(1);
  mirror.wake();
  await clock.settle();
  expect(states.at(-1)).toMatchObject({ state: 'waiting', failures: 1 });
  await mirror.stop();
});

test('news wakes it before the next look', async () => {
  const { clock, mirror, target, write } = setUp({ poll: 60_000 });
  mirror.start();
  await clock.settle();
  write(1);
  mirror.wake();
  await clock.settle();
  expect(target.position).toBe(1);
  write(1);
  await clock.advance(60_000);
  expect(target.position).toBe(2);
  await mirror.stop();
});

test('a batch holds no more rows than its limit', async () => {
  const { clock, mirror, target, write } = setUp({ batch: { rows: 10, bytes: 1_000 } });
  write(35);
  mirror.start();
  await clock.settle();
  await clock.advance(1);
  expect(target.batches).toEqual([10, 10, 10, 5]);
  await mirror.stop();
});

test('a target that stops answering is given up and asked anew; no connection is left behind', async () => {
  const { clock, mirror, states, target, write } = setUp({ answerWithin: 5_000 });
  mirror.start();
  await clock.settle();
  target.mute = 'unnest';
  write(1);
  await clock.advance(7_000);
  expect(states.find(({ state }) => state === 'waiting')).toMatchObject({
    error: { code: 'mirror.timeout' },
  });
  expect(target.position).toBe(0);
  target.mute = null;
  await clock.advanceUntil(() => target.position === 1);
  expect(target.openSessions).toBe(1);
  await mirror.stop();
  expect(target.openSessions).toBe(0);
});

test('stopping cuts a connection that does not answer, after the grace it was given', async () => {
  const { clock, mirror, target, write } = setUp({ answerWithin: 5_000 });
  target.mute = 'unnest';
  write(1);
  mirror.start();
  await clock.settle();
  const stopped = mirror.stop(2_000);
  await clock.advance(2_000);
  expect(target.openSessions).toBe(0);
  await clock.advance(3_000);
  await stopped;
  expect(await mirror.status()).toMatchObject({ state: 'stopped' });
});

test('rows the source let go of before the target had them are told as a gap', async () => {
  const { clock, source, mirror, target, write } = setUp();
  write(5);
  source.prune(3);
  mirror.start();
  await clock.settle();
  expect(target.position).toBe(5);
  expect(await mirror.status()).toMatchObject({ gap: { after: 0, through: 3 }, lag: { rows: 0 } });
  await mirror.stop();
});

test('a source that was put back to an older state is not copied on, since its new rows would be passed over', async () => {
  const { clock, mirror, states, target, write } = setUp();
  target.position = 10;
  write(3);
  mirror.start();
  await clock.settle();
  expect(states.at(-1)).toMatchObject({
    state: 'waiting',
    error: { code: 'mirror.source_went_back', context: { position: 10, newest: 3 } },
  });
  expect(target.batches).toEqual([]);
  await mirror.stop();
});

test('a row that does not fit its declaration stops the mirror with its position, and nothing is passed over', async () => {
  const { clock, source, mirror, states, target } = setUp();
  source.write('key_only', { id: 1 });
  source.write('key_only', { id: 'two' });
  mirror.start();
  await clock.settle();
  expect(states.at(-1)).toMatchObject({
    state: 'waiting',
    error: { code: 'mirror.bad_row', context: { table: 'key_only', position: 2 } },
  });
  expect(target.position).toBe(0);
  await mirror.stop();
});

test('a source that cannot be read, or gives rows out of order or of unknown tables, is told apart from a target that fails', async () => {
  const { clock, source, mirror, states, target } = setUp();
  source.last = () => 2;
  const row = (position: number, table = 'key_only'): SourceRow => ({
    position,
    table,
    at: 0,
    values: { id: 1 },
  });
  mirror.start();
  const saidWhen = async (read: () => SourceRow[]) => {
    source.read = read;
    states.length = 0;
    mirror.wake();
    await clock.settle();
    const waiting = states.find(({ state }) => state === 'waiting');
    return waiting?.state === 'waiting' ? waiting.error.code : 'none';
  };
  await clock.settle();
  expect(
    await saidWhen(() => {
      throw new Error('disk I/O error');
    }),
  ).toBe('mirror.source_failed');
  expect(await saidWhen(() => [row(2), row(1)])).toBe('mirror.out_of_order');
  expect(await saidWhen(() => [row(1, 'elsewhere')])).toBe('mirror.no_such_table');
  expect(target.position).toBe(0);
  await mirror.stop();
});

test('a source whose declarations no target could take is refused before anything is connected', () => {
  const { clock, target } = setUp();
  const random = seededRandom(1);
  const bad = new MemorySource([{ ...reading, key: ['missing'] }], clock);
  expect(() => new Mirror({ source: bad, target, clock, random })).toThrow(
    expect.objectContaining({ code: 'mirror.bad_table' }),
  );
  const unnamed = new MemorySource([reading], clock, '');
  expect(() => new Mirror({ source: unnamed, target, clock, random })).toThrow(
    expect.objectContaining({ code: 'mirror.bad_name' }),
  );
  expect(target.opened).toBe(0);
});
