import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Fixture, seedOrganisation } from '../../../test/fixture.ts';
import { createTestDatabase, type TestDatabase } from '../../../test/test-database.ts';
import { NodeSession } from '../../platform/nodes/node-session.ts';
import { forgetConnections, isElsewhere, recordDisconnected } from './agent-store.ts';

let store: TestDatabase;
let fixture: Fixture;
let living: NodeSession;
/** A number that no node has any more. */
const DEAD = 1_000_000;
beforeAll(async () => {
  store = await createTestDatabase();
  fixture = await seedOrganisation(store.database);
  living = new NodeSession(store.url, { said: () => {}, ended: () => {} });
  await living.open({ name: 'test', listeningSince: new Date(), credentials: 'same' });
});
afterAll(async () => {
  await living.close();
  await store.drop();
});

const connectTo = (node: number) =>
  store.database.owner((tx) =>
    sql`update agents set online = true, node = ${node} where id = ${fixture.agent}`.execute(tx),
  );
const known = () => ({
  id: fixture.agent,
  organisation: fixture.organisation,
  status: 'enrolled' as const,
  publicKey: null,
});

test('agents of a node that is no more are gone, those of one that lives are not', async () => {
  await connectTo(living.number);
  expect(await forgetConnections(store.database)).toEqual([]);
  await connectTo(DEAD);
  expect(await forgetConnections(store.database)).toEqual([
    { agent: fixture.agent, organisation: fixture.organisation },
  ]);
});

test('an agent of a dead node that comes to another at that very moment is not marked as gone', async () => {
  await connectTo(DEAD);
  let forgetting: ReturnType<typeof forgetConnections> | undefined;
  await store.database.owner(async (tx) => {
    await sql`update agents set online = true, node = ${living.number} where id = ${fixture.agent}`.execute(
      tx,
    );
    forgetting = forgetConnections(store.database);
    // It found the old row and waits for this transaction.
    await vi.waitFor(async () => {
      const { rows } = await sql<{ waiting: number }>`
        select count(*) as waiting from pg_locks
        where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))`.execute(tx);
      expect(rows[0]?.waiting).toBe(1);
    });
  });
  expect(await forgetting).toEqual([]);
  expect(await isElsewhere(store.database, fixture.agent, living.number)).toBe(false);
});

test('the node that an agent left does not write down that it is gone', async () => {
  await connectTo(living.number);
  const gone = (node: number) => recordDisconnected(store.database, known(), { node, now: Date.now() });
  expect(await gone(DEAD)).toBe(false);
  expect(await gone(living.number)).toBe(true);
});
