import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '@vakhta/kernel';
import { VirtualClock } from '@vakhta/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hostBench } from '../../test/host-bench.ts';
import { Emitter, type HostEvents } from '../host/index.ts';
import { keepFrom } from './keep-from.ts';
import { SasStore } from './sas-store.ts';
import type { SourceRow } from './store-source.ts';

let directory: string;
let store: SasStore;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'sas-store-'));
  store = new SasStore(join(directory, 'sas.sqlite'), { clock: new VirtualClock(), random: seededRandom(1) });
});
afterEach(() => {
  store.close();
  rmSync(directory, { recursive: true });
});

const rows = (table: string): SourceRow['values'][] =>
  store
    .source('look')
    .read(0, { rows: 100_000, bytes: Number.MAX_SAFE_INTEGER })
    .filter((row) => row.table === table)
    .map(({ values }) => values);

test('what a simulated machine does is all in the store: exceptions, meters, transfers and what it is', async () => {
  const { clock, host, machine } = hostBench({
    setup: { credits: 1000, assetNumber: 300 },
    host: { meters: { codes: ['0000', '0005', '000C'], every: 5_000 } },
  });
  const told: string[] = [];
  host.on('exception', ({ code }) => told.push(code));
  const failed: HostEvents['handlerFailed'][] = [];
  host.on('handlerFailed', (failure) => failed.push(failure));
  const end = keepFrom(host, { store, machine: 'A-01', clock });
  host.start();
  await clock.advanceUntil(() => host.capabilities !== undefined);
  const began = clock.now();
  for (let n = 0; n < 3; n++) {
    machine.play.game(5, 0);
    await clock.advance(6_000);
  }
  for (const code of ['11', '12', '66']) machine.raise({ code });
  const transfer = host.transfer({ to: 'machine', amounts: { cashableCents: 500 } });
  await clock.advance(20_000);
  const result = await transfer;

  expect(failed).toEqual([]);
  const exceptions = rows('sas_event').filter(({ kind }) => kind === 'exception');
  expect(exceptions.map(({ code }) => code)).toEqual(told);
  expect(told).toEqual(expect.arrayContaining(['11', '12', '66']));
  for (const { at } of exceptions.slice(-3)) {
    expect(Number(at)).toBeGreaterThanOrEqual(began);
    expect(Number(at)).toBeLessThanOrEqual(clock.now());
  }
  expect(rows('sas_event').filter(({ kind }) => kind === 'transfer')).toMatchObject([
    { id: result!.id, title: 'completed', data: { amounts: { cashableCents: 500 } } },
  ]);

  const coinIn = rows('sas_reading').filter(({ code }) => code === '0000');
  expect(coinIn[0]).toMatchObject({
    machine: 'A-01',
    game: 0n,
    title: 'coin in',
    unit: 'credits',
    change: 'first',
  });
  expect(coinIn.at(-1)?.value).toBe(BigInt(machine.meters.read('0000')!));
  expect(coinIn.reduce((sum, { delta }) => sum + Number(delta ?? 0), Number(coinIn[0]!.value))).toBe(
    machine.meters.read('0000'),
  );
  expect(rows('sas_machine')).toMatchObject([
    { machine: 'A-01', address: 1n, is_up: true, identity: { gameId: 'ZZ', assetNumber: 300 } },
  ]);

  end();
  const { rows: before } = store.size;
  machine.raise({ code: '11' });
  await clock.advance(5_000);
  expect(told.at(-1)).toBe('11');
  expect(store.size.rows).toBe(before);
  await host.stop();
});

test('a machine that is lost is shown so', async () => {
  const { clock, host, machine } = hostBench();
  keepFrom(host, { store, machine: 'A-01', clock });
  host.start();
  await clock.advanceUntil(() => host.capabilities !== undefined);
  machine.powerOff();
  await clock.advanceUntil(() => !host.isUp);
  expect(rows('sas_machine')).toMatchObject([{ is_up: false, identity: { gameId: 'ZZ' } }]);
  expect(rows('sas_event').at(-1)).toMatchObject({ kind: 'down', data: { address: 1 } });
  const stopped = host.stop();
  await clock.advance(5_000);
  await stopped;
});

test('a write that fails is told by the host, and the same transfer told twice is one row', () => {
  const failed: HostEvents['handlerFailed'][] = [];
  const events = new Emitter<HostEvents>((event, error) => failed.push({ event, error }));
  const clock = new VirtualClock();
  const host = {
    address: 1,
    isUp: true,
    capabilities: undefined,
    on: ((event, listener) => events.on(event, listener)) as Emitter<HostEvents>['on'],
  };
  keepFrom(host, { store, machine: 'A-01', clock });
  const transfer = { id: 'T1', state: 'failed', transferType: 0, reason: 'refused' } as const;
  events.emit('transfer', transfer);
  events.emit('transfer', transfer);
  expect(rows('sas_event')).toHaveLength(1);
  expect(failed).toEqual([]);
  store.close();
  events.emit('chirp', { address: 7 });
  expect(failed).toHaveLength(1);
  store = new SasStore(join(directory, 'sas.sqlite'), { clock, random: seededRandom(1) });
});
