import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/test-database.ts';
import { generateSchema, SCHEMA_FILE } from '../../../tools/schema.ts';

let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.drop());

test('the types of the tables are those of the migrated database (npm run schema -w apps/server writes them)', async () => {
  expect(await readFile(SCHEMA_FILE, 'utf8')).toBe(await generateSchema(store.url));
});
