import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { seededRandom, type ThingId } from '@vakhta/kernel';
import { VirtualClock } from '@vakhta/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { encodeObservation } from './encoded-observation.ts';
import { OutboxFile } from './outbox-file.ts';

const thing = '01890000-0000-7000-8000-000000000001' as ThingId;
const event = (n: number) => encodeObservation({ kind: 'event', thing, name: 'counted', data: n, at: 1 });
const dataOf = (file: OutboxFile, from = 1) =>
  file.read(from, 10_000, Number.MAX_SAFE_INTEGER).map(({ seq, body }) => [seq, JSON.parse(body).data]);

let directory: string;
let path: string;
const deps = { clock: new VirtualClock(), random: seededRandom(1) };
const open = () => new OutboxFile(path, deps);

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vakhta-outbox-'));
  path = join(directory, 'outbox.sqlite');
});
afterEach(() => rmSync(directory, { recursive: true }));

test('numbers follow on without a gap, across restarts, and also when all before was acknowledged', () => {
  let file = open();
  const { stream } = file;
  file.transact('append', () => file.insert([event(1), event(2)]));
  file.close();
  file = open();
  expect(file.stream).toBe(stream);
  file.transact('append', () => file.insert([event(3)]));
  file.acknowledge(3);
  file.close();
  file = open();
  expect(file.waiting.count).toBe(0);
  file.transact('append', () => file.insert([event(4)]));
  expect(dataOf(file)).toEqual([[4, 4]]);
  file.close();
});

test('a transaction that fails leaves neither rows nor a hole in the numbers', () => {
  const file = open();
  expect(() =>
    file.transact('append', () => {
      file.insert([event(1)]);
      throw new Error('no');
    }),
  ).toThrow('no');
  file.transact('append', () => file.insert([event(2)]));
  expect(dataOf(file)).toEqual([[1, 2]]);
  expect(file.waiting.count).toBe(1);
  file.close();
});

test('an acknowledgement forgets all up to it, pictures too, once; a smaller one later changes nothing', () => {
  const file = open();
  const header = { sha256: 'a'.repeat(64), contentType: 'image/png' as const };
  const withPicture = { ...event(2), bytes: 1000, picture: { header, bytes: new Uint8Array(900) } };
  file.transact('append', () => file.insert([event(1), withPicture, event(3)]));
  expect(file.readPicture(2)?.bytes.length).toBe(900);
  file.acknowledge(2);
  file.acknowledge(1);
  expect(dataOf(file)).toEqual([[3, 3]]);
  expect(file.readPicture(2)).toBeUndefined();
  expect(file.waiting).toEqual({ count: 1, bytes: event(3).bytes });
  file.close();
});

test('one agent per outbox: a second one is told who is in the way', () => {
  const file = open();
  expect(() => open()).toThrow(expect.objectContaining({ code: 'outbox.in_use' }));
  file.close();
});

test('a batch is bounded by bytes as well as by count, and is never empty while something waits', () => {
  const file = open();
  file.transact('append', () => file.insert([event(1), event(2), event(3)]));
  expect(file.read(1, 2, 1e6)).toHaveLength(2);
  expect(file.read(1, 500, event(1).bytes * 2)).toHaveLength(2);
  expect(file.read(1, 500, 1)).toHaveLength(1);
  file.close();
});

test('a new stream keeps what the server cannot have and renumbers it from 1', () => {
  let file = open();
  const old = file.stream;
  const picture = {
    header: { sha256: 'b'.repeat(64), contentType: 'image/png' as const },
    bytes: new Uint8Array(3),
  };
  file.transact('append', () => file.insert([event(1), event(2), event(3)]));
  file.close();
  // The disk went back in time: the server has up to 5, of which we know 1 to 3; what we number 4 now is another fact.
  file = open();
  file.transact('append', () => file.insert([event(40), { ...event(50), picture }]));
  file.beginStream(5);
  expect(file.stream).not.toBe(old);
  expect(dataOf(file)).toEqual([
    [1, 40],
    [2, 50],
  ]);
  expect(file.readPicture(2)?.bytes.length).toBe(3);
  file.transact('append', () => file.insert([event(6)]));
  expect(dataOf(file, 3)).toEqual([[3, 6]]);
  file.close();
});

test('what was reported as written survives kill -9 of the process that wrote it, in order and unharmed', async () => {
  const program = fileURLToPath(new URL('../../test/outbox-writer.ts', import.meta.url));
  let expected = 0;
  for (let round = 1; round <= 5; round++) {
    const child = spawn(process.execPath, [program, path], { stdio: ['ignore', 'pipe', 'inherit'] });
    for await (const line of createInterface({ input: child.stdout })) {
      expected = Number(line);
      if (expected >= round * 150) break;
    }
    child.kill('SIGKILL');
    await once(child, 'exit');
    const file = open();
    // Each datum is its own number: a lost, doubled or mixed-up row shows.
    const rows = dataOf(file);
    expect(rows.length).toBeGreaterThanOrEqual(expected);
    expect(rows).toEqual(rows.map((_, i) => [i + 1, i + 1]));
    file.close();
  }
});

test('an outbox of the version before keeps what is in it, and learns to know events', () => {
  let file = open();
  file.transact('append', () => file.insert([event(1)]));
  file.database.exec('DROP TABLE event_known_by; PRAGMA user_version = 1');
  file.close();
  file = open();
  expect(dataOf(file)).toEqual([[1, 1]]);
  expect(file.lastKnownBy(thing, 'counted')).toBeUndefined();
  expect(file.transact('append', () => file.isNew({ thing, name: 'counted', once: '1' }))).toBe(true);
  expect(file.lastKnownBy(thing, 'counted')).toBe('1');
  file.close();
});
