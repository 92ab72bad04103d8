import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { expect, inject, test, vi } from 'vitest';

const PACKAGE = join(import.meta.dirname, '../..');
const GUIDE = join(PACKAGE, '../../docs/guides/keep-sas-readings.md');

test("the guide's two programs run as they stand, one after the other on the same file", async () => {
  const directory = await mkdtemp(join(tmpdir(), 'sas-guide-'));
  const file = join(directory, 'sas.sqlite');
  const schema = `sas_guide_${process.pid}`;
  const url = new URL(inject('testCluster').url);
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    const [keeps, mirrors] = [...(await readFile(GUIDE, 'utf8')).matchAll(/```ts\n(.*?)```/gs)].map(
      ([, code]) => code!.replaceAll("'sas.sqlite'", JSON.stringify(file)),
    );
    // The cluster's maintenance database is everybody's: this test keeps to a schema of its own.
    const own = mirrors!.replace(
      "process.env.TARGET_URL ?? ''",
      `process.env.TARGET_URL ?? '', { schema: '${schema}' }`,
    );
    expect(own).toContain(schema);
    const start = (program: string) =>
      spawn(process.execPath, ['--input-type=module-typescript', '--eval', program], {
        cwd: PACKAGE,
        env: { ...process.env, TARGET_URL: url.href },
        stdio: ['ignore', 'ignore', 'inherit'],
      });

    expect(await once(start(keeps!), 'exit')).toEqual([0, null]);
    const database = new DatabaseSync(file, { readOnly: true });
    const played = database.prepare(`SELECT sum(delta) AS games FROM sas_reading WHERE code = '0005'`).get();
    const kept = Number(database.prepare('SELECT count(*) AS rows FROM sas_event').get()!.rows);
    database.close();
    expect(played).toEqual({ games: 1 });
    expect(kept).toBeGreaterThan(0);

    const child = start(own);
    try {
      await vi.waitFor(
        async () =>
          expect((await client.query(`select count(*)::int as rows from ${schema}.sas_event`)).rows).toEqual([
            { rows: kept },
          ]),
        { timeout: 20_000 },
      );
    } finally {
      child.kill();
    }
  } finally {
    await client.query(`drop schema if exists ${schema} cascade`);
    await client.end();
    await rm(directory, { recursive: true, force: true });
  }
}, 60_000);
