import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../../../test/test-database.ts';
import { openDatabase } from './database.ts';

test('a connection that breaks between two statements fails its transaction alone, and is told', async () => {
  const store = await createTestDatabase();
  const told: string[] = [];
  const database = openDatabase({ url: store.url, onConnectionLost: ({ message }) => told.push(message) });
  const broken = database.owner(async (tx) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
    await store.database.owner((other) => sql`select pg_terminate_backend(${rows[0]!.pid})`.execute(other));
    await expect.poll(() => told.length).toBeGreaterThan(0);
    await sql`select 1`.execute(tx);
  });
  await expect(broken).rejects.toThrow();
  await expect(database.owner((tx) => sql`select 1 as one`.execute(tx))).resolves.toMatchObject({
    rows: [{ one: 1 }],
  });
  await database.close();
  await store.drop();
});
