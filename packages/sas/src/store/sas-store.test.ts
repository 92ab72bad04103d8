import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { days, hours, minutes, seededRandom } from '@vakhta/kernel';
import { VirtualClock } from '@vakhta/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SasStore, type SasStoreOptions } from './sas-store.ts';

let directory: string;
let path: string;
let clock: VirtualClock;
let opened: SasStore[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'sas-store-'));
  path = join(directory, 'sas.sqlite');
  clock = new VirtualClock();
});
afterEach(() => {
  for (const store of opened) store.close();
  opened = [];
  rmSync(directory, { recursive: true });
});

function open(options?: SasStoreOptions): SasStore {
  const store = new SasStore(path, { clock, random: seededRandom(1) }, options);
  opened.push(store);
  return store;
}
function reopen(options?: SasStoreOptions): SasStore {
  opened.pop()!.close();
  return open(options);
}

const reading = (value: number | bigint, rest: object = {}) => ({
  ...{
    machine: 'A-01',
    at: clock.now(),
    game: 0,
    code: '0000',
    title: 'coin in',
    unit: 'credits' as const,
    change: 'counted' as const,
  },
  value,
  ...rest,
});
const event = (n: number) => ({
  machine: 'A-01',
  at: clock.now(),
  kind: 'exception',
  code: '51',
  data: { n },
});
const everything = { rows: 100_000, bytes: Number.MAX_SAFE_INTEGER };
const numbers = (store: SasStore, after = 0) =>
  store
    .source('look')
    .read(after, everything)
    .map(({ position }) => position);

test('rows of all kinds stand in the order they were written, with what was written', () => {
  const store = open();
  store.recordMachine({
    machine: 'A-01',
    address: 1,
    isUp: true,
    at: clock.now(),
    identity: { serial: '77' },
  });
  store.recordReadings([reading(10n ** 18n - 1n), reading(5, { code: '0005', unit: 'count', delta: 5 })]);
  store.recordEvent(event(1));
  const at = clock.now();
  expect(store.source('look').read(0, everything)).toEqual([
    {
      position: 1,
      table: 'sas_machine',
      at,
      values: { machine: 'A-01', address: 1n, is_up: true, changed_at: at, identity: { serial: '77' } },
    },
    {
      position: 2,
      table: 'sas_reading',
      at,
      values: {
        ...{ store: store.id, number: 2n, machine: 'A-01', at, game: 0n, code: '0000', title: 'coin in' },
        ...{ unit: 'credits', value: 999_999_999_999_999_999n, delta: null, change: 'counted' },
      },
    },
    {
      position: 3,
      table: 'sas_reading',
      at,
      values: {
        ...{ store: store.id, number: 3n, machine: 'A-01', at, game: 0n, code: '0005', title: 'coin in' },
        ...{ unit: 'count', value: 5n, delta: 5n, change: 'counted' },
      },
    },
    {
      position: 4,
      table: 'sas_event',
      at,
      values: {
        ...{
          store: store.id,
          number: 4n,
          machine: 'A-01',
          at,
          kind: 'exception',
          code: '51',
          title: null,
          id: null,
        },
        data: { n: 1 },
      },
    },
  ]);
});

test('a machine is one row, the latest, at the place of its last change', () => {
  const store = open();
  store.recordMachine({ machine: 'A-01', address: 1, isUp: true, at: 1 });
  store.recordMachine({ machine: 'A-02', address: 2, isUp: true, at: 2 });
  store.recordMachine({ machine: 'A-01', address: 1, isUp: false, at: 3 });
  expect(
    store
      .source('look')
      .read(0, everything)
      .map(({ position, values }) => [position, values.machine, values.is_up]),
  ).toEqual([
    [2, 'A-02', true],
    [3, 'A-01', false],
  ]);
});

test('a meter that did not change is written once per heartbeat, one that did at once', () => {
  const store = open({ heartbeat: minutes(15) });
  expect(store.recordReadings([reading(1)])).toBe(1);
  expect(store.recordReadings([reading(1)])).toBe(0);
  expect(store.recordReadings([reading(1, { game: 2 }), reading(1, { machine: 'A-02' })])).toBe(2);
  expect(store.recordReadings([reading(2)])).toBe(1);
  clock.jump(minutes(15));
  expect(store.recordReadings([reading(2)])).toBe(1);
  clock.jump(-hours(5));
  expect(store.recordReadings([reading(2)])).toBe(1);
});

test('an event that is told twice under one id is kept once, per machine and kind', () => {
  const store = open();
  for (const machine of ['A-01', 'A-02', 'A-01'])
    for (const kind of ['transfer', 'ticketIn', 'transfer'])
      store.recordEvent({ ...event(1), machine, kind, id: 'T1' });
  store.recordEvent(event(1));
  store.recordEvent(event(1));
  expect(store.size.rows).toBe(6);
});

test('what no mirror could take is refused, and the field is named; too long a title is cut', () => {
  const store = open();
  for (const [field, bad] of [
    ['machine', { ...event(1), machine: 'x'.repeat(61) }],
    ['machine', { ...event(1), machine: 'A ' }],
    ['kind', { ...event(1), kind: 'x'.repeat(41) }],
    ['data', { ...event(1), data: { n: Number.NaN } }],
  ] as const)
    expect(() => store.recordEvent(bad)).toThrow(
      expect.objectContaining({ code: 'sas_store.bad_record', message: expect.stringContaining(field) }),
    );
  expect(() => store.recordReadings([reading(1), reading(2n ** 63n)])).toThrow('value');
  expect(store.size.rows).toBe(0);
  store.recordEvent({ ...event(1), title: 'x'.repeat(200) });
  expect(String(store.source('look').read(0, everything)[0]?.values.title)).toHaveLength(100);
});

test('numbers go on after a restart, also when all before was pruned', () => {
  let store = open();
  const { id } = store;
  store.recordEvent(event(1));
  store.recordEvent(event(2));
  clock.jump(days(91));
  store = reopen();
  store.recordEvent(event(3));
  expect(store.id).toBe(id);
  expect(numbers(store)).toEqual([3]);
  expect(store.source('look').prunedThrough()).toBe(2);
});

test('old rows go, but none that a mirror lacks, in this run or a later one', () => {
  let store = open({ keepFor: days(1) });
  store.source('owner').mirrored(0);
  for (let n = 1; n <= 10; n++) store.recordEvent(event(n));
  clock.jump(days(2));
  store = reopen({ keepFor: days(1) });
  store.recordEvent(event(11));
  expect(numbers(store)).toHaveLength(11);
  store.forgetMirror('look');
  store.source('owner').mirrored(4);
  store = reopen({ keepFor: days(1) });
  store.recordEvent(event(12));
  expect(numbers(store)).toEqual([5, 6, 7, 8, 9, 10, 11, 12]);
  store.forgetMirror('look');
  store.forgetMirror('owner');
  store = reopen({ keepFor: days(1) });
  store.recordEvent(event(13));
  expect(numbers(store)).toEqual([11, 12, 13]);
  expect(store.size).toEqual({ rows: 3, dropped: 0 });
});

test('pruning goes on, a step with each write, and then rests for an hour', async () => {
  const store = open({ keepFor: days(1) });
  for (let n = 0; n < 50; n++)
    store.recordReadings(Array.from({ length: 100 }, (_, i) => reading(n * 100 + i, { game: i })));
  clock.jump(days(2));
  // A step at a time, so that no write waits long.
  await clock.advance(hours(1));
  const sizes = [1, 2, 3, 4].map((n) => {
    store.recordEvent(event(n));
    return store.size.rows;
  });
  expect(sizes).toEqual([3001, 1002, 3, 4]);
});

test('a full store makes room by what mirrors have, then drops the oldest and counts it', () => {
  const store = open({ maxRows: 5 });
  const owner = store.source('owner');
  for (let n = 1; n <= 5; n++) store.recordEvent(event(n));
  owner.mirrored(2);
  store.recordEvent(event(6));
  expect(owner.read(0, everything).map(({ position }) => position)).toEqual([3, 4, 5, 6]);
  expect(store.size).toEqual({ rows: 4, dropped: 0 });
  store.recordEvent(event(7));
  store.recordEvent(event(8));
  expect(store.size.dropped).toBeGreaterThan(0);
  expect(owner.prunedThrough()).toBeGreaterThan(2);
  expect(owner.read(0, everything).at(-1)?.position).toBe(8);
});

test('where told so, a full store refuses the new row and keeps what it has', () => {
  const store = open({ maxRows: 2, whenFull: 'refuse' });
  const owner = store.source('owner');
  store.recordEvent(event(1));
  store.recordReadings([reading(1)]);
  expect(() => store.recordReadings([reading(2)])).toThrow(
    expect.objectContaining({ code: 'sas_store.full' }),
  );
  expect(numbers(store)).toEqual([1, 2]);
  owner.mirrored(2);
  store.forgetMirror('look');
  // What was refused was not taken for written.
  expect(store.recordReadings([reading(2)])).toBe(1);
});

test('a read is bounded by rows and by bytes, and never empty while there is a row', () => {
  const store = open();
  for (let n = 1; n <= 10; n++) store.recordEvent({ ...event(n), data: { text: 'x'.repeat(1000) } });
  const source = store.source('look');
  expect(source.read(3, { rows: 4, bytes: 1e9 }).map(({ position }) => position)).toEqual([4, 5, 6, 7]);
  expect(source.read(0, { rows: 10, bytes: 5_000 })).toHaveLength(2);
  expect(source.read(0, { rows: 10, bytes: 1 })).toHaveLength(1);
  expect(source.pending(3)).toEqual({ rows: 7, oldestAt: clock.now() });
  expect(source.pending(10)).toEqual({ rows: 0, oldestAt: null });
});

test('another program can read the file while the store is open', () => {
  const store = open();
  store.recordEvent(event(1));
  const reader = new DatabaseSync(path, { readOnly: true });
  expect(reader.prepare('SELECT kind, data FROM sas_event').all()).toEqual([
    expect.objectContaining({ kind: 'exception', data: '{"n":1}' }),
  ]);
  reader.close();
});

test('a file of a later version, and one that is no store, are refused with the reason', () => {
  open();
  opened.pop()!.close();
  const database = new DatabaseSync(path);
  database.exec('PRAGMA user_version = 99');
  database.close();
  expect(() => open()).toThrow(expect.objectContaining({ code: 'sas_store.too_new' }));
  path = directory;
  expect(() => open()).toThrow(expect.objectContaining({ code: 'sas_store.unreadable' }));
});

test('what was reported as written survives kill -9 of the process that wrote it', async () => {
  const program = fileURLToPath(new URL('../../test/store-writer.ts', import.meta.url));
  let expected = 0;
  for (let round = 1; round <= 4; round++) {
    const child = spawn(process.execPath, [program, path], { stdio: ['ignore', 'pipe', 'inherit'] });
    for await (const line of createInterface({ input: child.stdout })) {
      expected = Number(line);
      if (expected >= round * 100) break;
    }
    child.kill('SIGKILL');
    await once(child, 'exit');
    const store = open();
    const rows = store.source('look').read(0, everything);
    expect(rows.length).toBeGreaterThanOrEqual(expected);
    expect(rows.map(({ position, values }) => [position, values.data])).toEqual(
      rows.map((_, i) => [i + 1, { n: i + 1 }]),
    );
    expect(store.size.rows).toBe(rows.length);
    opened.pop()!.close();
  }
});
