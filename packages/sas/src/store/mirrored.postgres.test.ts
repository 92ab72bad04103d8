import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom, systemClock } from '@vakhta/kernel';
import { Mirror, type Source, targetOf } from '@vakhta/mirror';
import { createPostgresDatabase, type PostgresDatabase } from '@vakhta/testkit/postgres-database';
import { afterAll, beforeAll, expect, expectTypeOf, inject, test, vi } from 'vitest';
import { hostBench } from '../../test/host-bench.ts';
import { keepFrom } from './keep-from.ts';
import { SasStore } from './sas-store.ts';
import type { StoreSource } from './store-source.ts';

let database: PostgresDatabase;
let directory: string;

beforeAll(async () => {
  database = await createPostgresDatabase(inject('testCluster').url);
  directory = mkdtempSync(join(tmpdir(), 'sas-store-'));
});
afterAll(async () => {
  await database.drop();
  rmSync(directory, { recursive: true, force: true });
});

test('a store is a source as the mirror takes it', () => {
  expectTypeOf<StoreSource>().toExtend<Source>();
});

test('what a machine did on the line arrives in a PostgreSQL, through a restart of the mirror, and lets the store forget', async () => {
  const { clock, host, machine } = hostBench({
    setup: { credits: 1000, assetNumber: 300 },
    host: { meters: { codes: ['0000', '0005', '000C'], every: 2_000 } },
  });
  const path = join(directory, 'sas.sqlite');
  const store = new SasStore(path, { clock, random: seededRandom(1) });
  const told: string[] = [];
  host.on('exception', ({ code }) => told.push(code));
  keepFrom(host, { store, machine: 'A-01', clock });
  host.start();
  await clock.advanceUntil(() => host.capabilities !== undefined);

  const source = store.source('owner');
  const start = () => {
    const deps = { source, target: targetOf(database.url), clock: systemClock, random: seededRandom(2) };
    const mirror = new Mirror(deps, { batch: { rows: 20, bytes: 100_000 }, poll: 10 });
    mirror.start();
    return mirror;
  };
  const play = async () => {
    for (let n = 0; n < 10; n++) {
      machine.play.game(5, n % 3 === 0 ? 7 : 0);
      machine.raise({ code: n % 2 === 0 ? '11' : '12' });
      await clock.advance(3_000);
    }
  };
  const level = (mirror: Mirror) =>
    vi.waitFor(
      async () => expect(await mirror.status()).toMatchObject({ state: 'level', lag: { rows: 0 } }),
      {
        timeout: 10_000,
      },
    );

  let mirror = start();
  await play();
  await level(mirror);
  await mirror.stop();
  await play();
  mirror = start();
  await level(mirror);
  await mirror.stop();

  const events = await database.query(`select code from sas_event where kind = 'exception' order by number`);
  expect(events.map(({ code }) => code)).toEqual(told);
  expect(told.length).toBeGreaterThan(20);
  const [played] = await database.query(
    `select max(value)::int as value, (min(value) + sum(delta))::int as summed from sas_reading where code = '0000'`,
  );
  expect(played).toEqual({ value: machine.meters.read('0000'), summed: machine.meters.read('0000') });
  expect(
    await database.query(`select machine, is_up, identity ->> 'gameId' as game from sas_machine`),
  ).toEqual([{ machine: 'A-01', is_up: true, game: 'ZZ' }]);
  expect(source.mirroredThrough()).toBe(source.last());
  expect(await database.query(`select count(*)::int as rows from sas_event`)).toEqual([
    {
      rows: source.read(0, { rows: 10_000, bytes: 1e9 }).filter(({ table }) => table === 'sas_event').length,
    },
  ]);
  const stopped = host.stop();
  await clock.advance(1_000);
  await stopped;
  store.close();
}, 60_000);
