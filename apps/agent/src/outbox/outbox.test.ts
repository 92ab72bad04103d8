import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CommandId, seededRandom, type ThingId } from '@vakhta/kernel';
import type { Observation } from '@vakhta/link';
import { VirtualClock } from '@vakhta/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CommandJournal } from './command-journal.ts';
import { Outbox } from './outbox.ts';
import { OutboxFile, type OutboxHooks } from './outbox-file.ts';
import type { OutboxLimits } from './room.ts';

const thing = '01890000-0000-7000-8000-000000000001' as ThingId;
const command = '01890000-0000-7000-8000-0000000000c1' as CommandId;
const event = (data: number): Observation => ({ kind: 'event', thing, name: 'counted', data, at: 1 });
const result = (state: 'accepted' | 'succeeded' | 'unknown', id = command): Observation => ({
  kind: 'command',
  command: id,
  state,
  at: 1,
});
const limits: OutboxLimits = {
  maxObservations: 10,
  maxBytes: 1e6,
  reserveObservations: 5,
  reserveBytes: 1000,
};

let directory: string;
let clock: VirtualClock;
let outboxes: Outbox[];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vakhta-outbox-'));
  clock = new VirtualClock();
  outboxes = [];
});
afterEach(() => {
  for (const outbox of outboxes) outbox.close();
  rmSync(directory, { recursive: true });
});

function open(hooks: OutboxHooks = {}, own: Partial<OutboxLimits> = {}): Outbox {
  const random = seededRandom(7);
  const file = new OutboxFile(join(directory, 'outbox.sqlite'), { clock, random }, hooks);
  const outbox = new Outbox(
    file,
    { ...limits, ...own },
    {
      clock,
      random,
      now: () => clock.now(),
      log: () => {},
      onWritten: () => {},
      onBroken: (error) => {
        throw error;
      },
    },
  );
  outboxes.push(outbox);
  return outbox;
}

const bodies = (outbox: Outbox) =>
  outbox.file
    .read(1, 1000, 1e9)
    .map(({ body }) => JSON.parse(body) as Observation & { name?: string; data?: unknown });
const names = (outbox: Outbox) => bodies(outbox).map((each) => each.name ?? each.kind);

test('reports of one turn of the event loop share one transaction, and each gets its own numbers', async () => {
  const writes: string[] = [];
  const outbox = open({ beforeWrite: (kind) => writes.push(kind) });
  const seqs = await Promise.all([outbox.append([event(1)]), outbox.append([event(2), event(3)])]);
  expect(seqs).toEqual([[1], [2, 3]]);
  expect(writes).toEqual(['open', 'append']);
});

test('a full outbox makes reports wait, says so, keeps room for results and events, and drops nothing', async () => {
  const outbox = open();
  const resolved: number[] = [];
  for (let n = 1; n <= 8; n++) outbox.append([event(n)]).then(() => resolved.push(n));
  await clock.settle();
  expect(resolved).toEqual([1, 2, 3, 4, 5]);
  expect(outbox.isFull).toBe(true);
  const accepted = outbox.writeNow('accept', [result('accepted')], { keepRoom: 1 });
  expect(accepted.ok).toBe(true);
  await outbox.writeResult([result('succeeded')], () => true);
  expect(names(outbox)).toEqual([...Array(5).fill('counted'), 'outbox_full', 'command', 'command']);

  outbox.acknowledge(8);
  await clock.settle();
  expect(resolved).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(outbox.isFull).toBe(false);
  expect(names(outbox)).toEqual(['counted', 'counted', 'counted', 'outbox_drained']);
});

test('an order is not taken when its result could not be written down', async () => {
  const outbox = open({}, { maxObservations: 4, reserveObservations: 3 });
  outbox.append([event(1)]);
  const first = outbox.writeNow('accept', [result('accepted')], { keepRoom: 1 });
  expect(first.ok).toBe(true);
  expect(outbox.writeNow('accept', [result('accepted')], { keepRoom: 1 })).toEqual({
    ok: false,
    error: 'no_room',
  });
  await outbox.writeResult([result('succeeded')], () => true);
  expect(outbox.file.waiting.count).toBe(3);
});

test('a full disk is survived: callers wait, order is kept, the trouble and its end are in the log', async () => {
  let full = false;
  const outbox = open({
    beforeWrite() {
      if (full) throw Object.assign(new Error('database or disk is full'), { errcode: 13 });
    },
  });
  await outbox.append([event(1)]);
  full = true;
  const resolved: number[] = [];
  outbox.append([event(2)]).then(() => resolved.push(2));
  await clock.settle();
  outbox.append([event(3)]).then(() => resolved.push(3));
  outbox.acknowledge(1);
  await clock.advance(20_000);
  expect(resolved).toEqual([]);
  expect(outbox.isInTrouble).toBe(true);
  expect(outbox.isAlive()).toBe(true);
  expect(outbox.writeNow('accept', [result('accepted')])).toEqual({ ok: false, error: 'disk' });

  full = false;
  await clock.advance(10_000);
  expect(resolved).toEqual([2, 3]);
  expect(outbox.isInTrouble).toBe(false);
  expect(outbox.file.acknowledged).toBe(1);
  expect(names(outbox)).toEqual(['disk_full', 'disk_recovered', 'counted', 'counted']);
});

test("SQLite's own refusal to grow the file is a full disk, and room made by an acknowledgement ends it", async () => {
  const outbox = open(
    { opened: (database) => void database.exec('PRAGMA max_page_count = 40') },
    { maxObservations: 10_000 },
  );
  const filler = 'x'.repeat(3000);
  const resolved: number[] = [];
  const append = (n: number) =>
    outbox
      .append([{ kind: 'event', thing, name: 'counted', data: `${n} ${filler}`, at: 1 }])
      .then(([seq]) => resolved.push(seq!));
  for (let n = 1; n <= 60; n++) {
    append(n);
    await clock.settle();
  }
  expect(outbox.isInTrouble).toBe(true);
  const before = resolved.length;
  expect(before).toBeGreaterThan(10);
  expect(before).toBeLessThan(60);
  for (let round = 0; round < 10 && resolved.length < 60; round++) {
    outbox.acknowledge(outbox.file.last);
    await clock.advance(10_000);
  }
  expect(resolved).toHaveLength(60);
  expect(outbox.isInTrouble).toBe(false);
});

test('after the outbox is closed nothing is promised any more', async () => {
  const outbox = open();
  let settled = false;
  outbox.close();
  outbox.append([event(1)]).finally(() => {
    settled = true;
  });
  await clock.advance(60_000);
  expect(settled).toBe(false);
});

test('what the link cannot carry is refused before it gets a number', () => {
  const outbox = open();
  const tooLong = { kind: 'event', thing, name: 'n'.repeat(65), data: null, at: 1 } as const;
  expect(() => outbox.append([tooLong])).toThrow(
    expect.objectContaining({ code: 'outbox.not_an_observation' }),
  );
  const tooLarge = { kind: 'event', thing, name: 'n', data: 'x'.repeat(300_000), at: 1 } as const;
  expect(() => outbox.append([tooLarge])).toThrow(
    expect.objectContaining({ code: 'outbox.observation_too_large' }),
  );
});

test('the journal remembers ids across restarts, ends a command once, and knows the unfinished', async () => {
  let outbox = open();
  let journal = new CommandJournal(outbox.file);
  const other = '01890000-0000-7000-8000-0000000000c2' as CommandId;
  for (const id of [command, other]) {
    const entered = outbox.writeNow('accept', [{ kind: 'command', command: id, state: 'accepted', at: 1 }], {
      keepRoom: 1,
      also: () => journal.enter(id, 'accepted', clock.now()),
    });
    expect(entered.ok).toBe(true);
  }
  await outbox.writeResult([result('succeeded')], () => journal.end(command, 'succeeded'));
  await outbox.writeResult([result('succeeded')], () => journal.end(command, 'succeeded'));
  outbox.close();

  outbox = open();
  journal = new CommandJournal(outbox.file);
  expect(journal.unfinished()).toEqual([other]);
  outbox.keepRoomForResult();
  await outbox.writeResult([result('unknown', other)], () => journal.end(other, 'unknown'));
  expect(journal.unfinished()).toEqual([]);
  expect([journal.stateOf(command), journal.stateOf(other)]).toEqual(['succeeded', 'unknown']);
  expect(bodies(outbox).map((each) => each.kind === 'command' && [each.command, each.state])).toEqual([
    [command, 'accepted'],
    [other, 'accepted'],
    [command, 'succeeded'],
    [other, 'unknown'],
  ]);
  const day = 86_400_000;
  journal.prune(clock.now() + 7 * day - 1);
  expect(journal.stateOf(command)).toBe('succeeded');
  journal.prune(clock.now() + 7 * day + 1);
  expect(journal.stateOf(command)).toBeUndefined();
});
