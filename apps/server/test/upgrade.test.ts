import { randomBytes } from 'node:crypto';
import { createClient, routes } from '@vakhta/api';
import { systemClock } from '@vakhta/kernel';
import { sql } from 'kysely';
import pg from 'pg';
import { afterEach, expect, inject, test } from 'vitest';
import { ensureLogPartitions } from '../src/core/ingest/log-partitions.ts';
import { rebuildProjection } from '../src/core/ingest/rebuild.ts';
import { thingState } from '../src/core/things/state-projection.ts';
import { migrationModules } from '../src/migration-modules.ts';
import { type Database, openDatabase } from '../src/platform/postgres/database.ts';
import {
  applyMigrations,
  type Migration,
  migrate,
  readMigrations,
} from '../src/platform/postgres/migrations.ts';
import { type Fixture, freshId, seedOrganisation } from './fixture.ts';
import { createPerson, joinWithToken, type RunningDesk, startDeskOn } from './running-desk.ts';
import { databaseUrl, runOn } from './test-cluster.ts';

const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

/** A database as a desk of this state left it. */
async function databaseWith(migrations: readonly Migration[]): Promise<string> {
  const cluster = inject('testCluster');
  const name = `vakhta_upgrade_${randomBytes(6).toString('hex')}`;
  await runOn(cluster.url, `create database ${name}`);
  undo.push(() => runOn(cluster.url, `drop database ${name} with (force)`));
  const url = databaseUrl(cluster.url, name);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('begin');
  await applyMigrations(client, migrations);
  await client.query('commit');
  await client.end();
  return url;
}

const OBSERVED = 500;

/** What a desk keeps: a lamp whose brightness was told many times, last as OBSERVED. */
async function fill(database: Database): Promise<Fixture> {
  const fixture = await seedOrganisation(database, { things: 2 });
  await ensureLogPartitions(database, systemClock);
  await database.tenant(fixture.organisation, async (tx) => {
    await sql`
      insert into log (org_id, agent_id, stream, seq, kind, thing_id, name, data, at, received_at)
      select ${fixture.organisation}, ${fixture.agent}, ${freshId()}, n, 'property', ${fixture.things[0]}, 'brightness',
        to_jsonb(n), date_trunc('milliseconds', now()) - make_interval(secs => ${OBSERVED} - n), now()
      from generate_series(1, ${OBSERVED}::int) n`.execute(tx);
    await sql`
      insert into thing_state (org_id, thing_id, name, value, at, log_id)
      select org_id, thing_id, name, data, at, id from log order by id desc limit 1`.execute(tx);
  });
  return fixture;
}

test.each<[string, (files: readonly Migration[]) => Migration[]]>([
  [
    'the first one',
    (files) => files.filter(({ module, name }) => /^(identity|core)$/.test(module) && name < '0002'),
  ],
  [
    'the one before the newest file of each part',
    (files) => files.filter((file, index) => files[index + 1]?.module === file.module),
  ],
])(
  'a desk of an older state is brought up to date and goes on: %s',
  { timeout: 60_000 },
  async (_, stateOf) => {
    const all = await readMigrations(migrationModules);
    const older = stateOf(all);
    const url = await databaseWith(older);
    const database = openDatabase({ url });
    undo.push(() => database.close());
    const fixture = await fill(database);

    expect((await migrate(url, migrationModules)).length).toBe(all.length - older.length);
    const rebuilt = await rebuildProjection(database, fixture.organisation, thingState);
    expect(rebuilt).toMatchObject({ observations: OBSERVED, hashAfter: rebuilt.hashBefore });

    const desk: RunningDesk = await startDeskOn({ url, database });
    undo.push(() => desk.stop());
    const { token } = await joinWithToken(desk, fixture.organisation, await createPerson(desk), ['owner']);
    const lamp = await createClient({ server: desk.url, token }).call(routes.getThing, {
      params: { thing: fixture.things[0] },
    });
    expect(lamp.properties.brightness?.value).toBe(OBSERVED);
  },
);
