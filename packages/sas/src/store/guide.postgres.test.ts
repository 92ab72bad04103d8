import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createPostgresDatabase } from '@vakhta/testkit/postgres-database';
import { expect, inject, test, vi } from 'vitest';

const PACKAGE = join(import.meta.dirname, '../..');
const GUIDE = join(PACKAGE, '../../docs/guides/keep-sas-readings.md');

test("the guide's two programs run as they stand, one after the other on the same file", async () => {
  const directory = await mkdtemp(join(tmpdir(), 'sas-guide-'));
  const file = join(directory, 'sas.sqlite');
  const database = await createPostgresDatabase(inject('testCluster').url);
  try {
    const [keeps, mirrors] = [...(await readFile(GUIDE, 'utf8')).matchAll(/```ts\n(.*?)```/gs)].map(
      ([, code]) => code!.replaceAll("'sas.sqlite'", JSON.stringify(file)),
    );
    const start = (program: string) =>
      spawn(process.execPath, ['--input-type=module-typescript', '--eval', program], {
        cwd: PACKAGE,
        env: { ...process.env, TARGET_URL: database.url },
        stdio: ['ignore', 'ignore', 'inherit'],
      });

    expect(await once(start(keeps!), 'exit')).toEqual([0, null]);
    const store = new DatabaseSync(file, { readOnly: true });
    const played = store.prepare(`SELECT sum(delta) AS games FROM sas_reading WHERE code = '0005'`).get();
    const kept = Number(store.prepare('SELECT count(*) AS rows FROM sas_event').get()!.rows);
    store.close();
    expect(played).toEqual({ games: 1 });
    expect(kept).toBeGreaterThan(0);

    const child = start(mirrors!);
    try {
      await vi.waitFor(
        async () =>
          expect(await database.query('select count(*)::int as rows from sas_event')).toEqual([
            { rows: kept },
          ]),
        { timeout: 20_000 },
      );
    } finally {
      child.kill();
    }
  } finally {
    await database.drop();
    await rm(directory, { recursive: true, force: true });
  }
}, 60_000);
