import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { type Database, openDatabase } from '../src/platform/postgres/database.ts';
import { databaseUrl, runOn } from './test-cluster.ts';

export interface TestDatabase {
  database: Database;
  url: string;
  drop(): Promise<void>;
}

/** A migrated, empty database of its own for a test file; `drop` it when the file is done. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const cluster = inject('testCluster');
  const name = `vakhta_test_${randomBytes(6).toString('hex')}`;
  await runOn(cluster.url, `create database ${name} template ${cluster.template}`);
  const url = databaseUrl(cluster.url, name);
  const database = openDatabase({ url });
  return {
    database,
    url,
    async drop() {
      await database.close();
      await runOn(cluster.url, `drop database ${name} with (force)`);
    },
  };
}
