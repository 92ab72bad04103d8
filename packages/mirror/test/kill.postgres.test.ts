import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createPostgresDatabase, type PostgresDatabase } from '@vakhta/testkit/postgres-database';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';

const PROGRAM = fileURLToPath(new URL('./numbers-mirror.ts', import.meta.url));
const COUNT = 12_000;

let database: PostgresDatabase;
beforeAll(async () => {
  database = await createPostgresDatabase(inject('testCluster').url);
});
afterAll(() => database?.drop());

async function copied(): Promise<number> {
  const rows = await database.query("select to_regclass('vakhta_mirror_cursor') is not null as there");
  if (!rows[0]?.there) return 0;
  const [cursor] = await database.query('select position::int from vakhta_mirror_cursor');
  return Number(cursor?.position ?? 0);
}

test('a process killed with SIGKILL again and again loses and doubles nothing', async () => {
  const start = () =>
    spawn(process.execPath, [PROGRAM, database.url, String(COUNT)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let kills = 0;
  for (let goal = 100; goal < COUNT / 2; goal = (await copied()) + 700) {
    const child = start();
    child.stdout.resume();
    const exited = once(child, 'exit');
    await vi.waitFor(async () => expect(await copied()).toBeGreaterThanOrEqual(goal), {
      timeout: 20_000,
      interval: 1,
    });
    child.kill('SIGKILL');
    expect(await exited).toEqual([null, 'SIGKILL']);
    kills += 1;
    // What is there agrees with the cursor, whatever the process was about.
    expect(
      await database.query(
        'select position = (select count(*) from reading) and position = (select max(id) from reading) as agree from vakhta_mirror_cursor',
      ),
    ).toEqual([{ agree: true }]);
  }
  expect(kills).toBeGreaterThanOrEqual(5);
  const last = start();
  last.stdout.resume();
  expect(await once(last, 'exit')).toEqual([0, null]);
  expect(
    await database.query('select count(*)::int as rows, sum(value)::bigint::text as sum from reading'),
  ).toEqual([{ rows: COUNT, sum: String((COUNT * (COUNT + 1)) / 2) }]);
}, 60_000);
