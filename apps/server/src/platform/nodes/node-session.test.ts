import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/test-database.ts';
import { NodeSession } from './node-session.ts';

let store: TestDatabase;
let sessions: NodeSession[] = [];
beforeAll(async () => {
  store = await createTestDatabase();
});
afterEach(async () => {
  await Promise.all(sessions.map((session) => session.close()));
  sessions = [];
});
afterAll(() => store.drop());

interface Opened {
  session: NodeSession;
  said: string[];
  hasEnded: boolean;
}

async function open(): Promise<Opened> {
  const opened = { said: [] as string[], hasEnded: false };
  const session = new NodeSession(store.url, {
    said: (payload) => opened.said.push(payload),
    ended: () => {
      opened.hasEnded = true;
    },
  });
  await session.open({ name: 'test', listeningSince: new Date(), credentials: 'same' });
  sessions.push(session);
  return Object.assign(opened, { session });
}

const numbers = async ({ session }: Opened) =>
  (await session.look()).map(({ number, lives }) => [number, lives]);

test('one of two leads; when its connection is gone the other does, and strikes it off the list', async () => {
  const [first, second] = [await open(), await open()];
  expect([await first.session.tryToLead(), await second.session.tryToLead()]).toEqual([true, false]);
  await store.database.owner((tx) =>
    sql`select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and classid = 7210
      and objid = ${first.session.number}`.execute(tx),
  );
  await vi.waitFor(() => expect(first.hasEnded).toBe(true));
  expect(await second.session.tryToLead()).toBe(true);
  expect(await numbers(second)).toEqual([
    [first.session.number, false],
    [second.session.number, true],
  ]);
  await second.session.tidy();
  expect(await numbers(second)).toEqual([[second.session.number, true]]);
});

test('a node that hangs and still holds its lock is cut off by another', async () => {
  const [hung, other] = [await open(), await open()];
  await other.session.tidy();
  expect(hung.hasEnded).toBe(false);
  await store.database.owner((tx) =>
    sql`update nodes set seen_at = now() - interval '16 seconds' where number = ${hung.session.number}`.execute(
      tx,
    ),
  );
  await other.session.tidy();
  await vi.waitFor(() => expect(hung.hasEnded).toBe(true));
});

test('what one tells is heard by all, in order', async () => {
  const [first, second] = [await open(), await open()];
  await first.session.notify(['1', '2']);
  await first.session.notify(['3']);
  await vi.waitFor(() => expect(second.said).toEqual(['1', '2', '3']));
});
