import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createPostgresDatabase } from '@vakhta/testkit/postgres-database';
import { expect, inject, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');

test("the README's program runs as it stands", async () => {
  const database = await createPostgresDatabase(inject('testCluster').url);
  try {
    const [, program] = /```ts\n(.*?)```/s.exec(await readFile(join(ROOT, 'README.md'), 'utf8'))!;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module-typescript', '--eval', program!],
      { cwd: ROOT, env: { ...process.env, DATABASE_URL: database.url } },
    );
    expect(stdout.split('\n')).toEqual(
      expect.arrayContaining(['connecting', 'copying', 'all up to 3 is in the target', 'level', 'stopped']),
    );
    expect(await database.query('select id::int, value::int from reading order by id')).toEqual([
      { id: 1, value: 41 },
      { id: 2, value: 42 },
      { id: 3, value: 44 },
    ]);
  } finally {
    await database.drop();
  }
});
