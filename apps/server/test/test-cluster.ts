import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@vakhta/kernel';
import pg from 'pg';
import { migrationModules } from '../src/migration-modules.ts';
import { startEmbeddedPostgres } from '../src/platform/postgres/embedded/embedded-postgres.ts';
import { migrate } from '../src/platform/postgres/migrations.ts';

export interface TestCluster {
  /** Of its maintenance database, as an account that may create others. */
  url: string;
  /** The migrated database that others are cloned from. */
  template: string;
  templateUrl: string;
  stop(): Promise<void>;
}

/** A PostgreSQL for a run of tests: that of DATABASE_URL_TEST, else our own for the while. */
export async function createTestCluster(): Promise<TestCluster> {
  const given = process.env.DATABASE_URL_TEST;
  const cluster = given ? { url: given, stop: async () => {} } : await startTemporaryCluster();
  const template = `vakhta_template_${randomBytes(6).toString('hex')}`;
  const templateUrl = databaseUrl(cluster.url, template);
  await runOn(cluster.url, `create database ${template}`);
  await migrate(templateUrl, migrationModules);
  return {
    url: cluster.url,
    template,
    templateUrl,
    async stop() {
      await runOn(cluster.url, `drop database ${template} with (force)`);
      await cluster.stop();
    },
  };
}

async function startTemporaryCluster(): Promise<{ url: string; stop: () => Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), 'vakhta-test-cluster-'));
  const postgres = await startEmbeddedPostgres({
    home: join(directory, 'postgres'),
    password: randomBytes(18).toString('base64url'),
    clock: systemClock,
    // What these databases hold may be lost with the machine's power.
    settings: ['fsync=off', 'max_connections=200'],
  });
  return {
    url: postgres.url,
    stop: async () => {
      await postgres.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

export function databaseUrl(cluster: string, name: string): string {
  const url = new URL(cluster);
  url.pathname = `/${name}`;
  return url.href;
}

export async function runOn(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
