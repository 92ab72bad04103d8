import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/test-database.ts';
import { migrate, pendingMigrations } from './migrations.ts';

let store: TestDatabase;
let directory: string;
let name = 0;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.drop());
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vakhta-migrations-'));
  name += 1;
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const modules = () => [{ name: `module-${name}`, directory }];
const put = (file: string, sql: string) => writeFile(join(directory, file), sql);
const apply = async () => (await migrate(store.url, modules())).map((migration) => migration.name);

test('files are applied once each, in the order of their numbers', async () => {
  await put('0002-second.sql', 'alter table ordered add second int');
  await put('0001-first.sql', 'create table ordered (first int)');
  expect(await apply()).toEqual(['0001-first', '0002-second']);
  expect(await apply()).toEqual([]);
  expect(await pendingMigrations(store.database.pool, modules())).toEqual([]);
});

test('two servers that start together apply each file once', async () => {
  await put('0001-slow.sql', 'select pg_sleep(0.2); create table contended (n int)');
  const applied = await Promise.all([apply(), apply()]);
  expect(applied.flat()).toEqual(['0001-slow']);
});

test('a file that fails leaves nothing of itself behind', async () => {
  await put('0001-broken.sql', 'create table half_made (n int); select 1 / 0');
  await expect(apply()).rejects.toMatchObject({ code: 'postgres.migration_failed' });
  const { rows } = await store.database.pool.query("select to_regclass('half_made') as found");
  expect(rows).toEqual([{ found: null }]);
});

test('a file that was edited after it was applied is refused', async () => {
  await put('0001-edited.sql', 'create table edited (n int)');
  await apply();
  await put('0001-edited.sql', 'create table edited (n bigint)');
  await expect(apply()).rejects.toMatchObject({ code: 'postgres.migration_changed' });
});
