import { execFile } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Account, postgresAccount } from '../../src/platform/postgres/embedded/account.ts';
import { findFreePort } from '../../src/platform/process/free-port.ts';
import { type Kept, spawnKept } from '../../src/platform/process/keeper.ts';

/** Where Debian's package postgresql-15 puts its programs. */
const BIN = '/usr/lib/postgresql/15/bin';
const ROOT = join(import.meta.dirname, '../../../..');
/** The owner is not a superuser, as on a managed PostgreSQL: what it may do is make databases and roles. */
const OWNER = 'vakhta_peer';

const run = promisify(execFile);
let directory: string;
let postgres: Kept;
let url: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vakhta-peer-'));
  // Its account walks there by the path: before 16, initdb goes back and forth between directories by name.
  await chmod(directory, 0o755);
  const cluster = join(directory, 'cluster');
  const account = await postgresAccount(cluster);
  await mkdir(cluster, { mode: 0o700 });
  const as: Partial<Account> = process.getuid?.() === 0 ? account : {};
  if (as.uid !== undefined) await chown(cluster, account.uid, account.gid);
  const env = { PATH: process.env.PATH, LC_ALL: 'C.UTF-8' };
  await run(join(BIN, 'initdb'), ['-D', cluster, '-U', 'postgres', '-A', 'trust', '--no-sync'], {
    cwd: cluster,
    env,
    ...as,
  });
  const port = await findFreePort();
  const log = await open(join(directory, 'log'), 'w');
  postgres = await spawnKept(
    join(BIN, 'postgres'),
    [
      ...['-D', cluster, '-p', String(port), '-c', 'listen_addresses=127.0.0.1'],
      ...['-c', 'unix_socket_directories=', '-c', 'fsync=off', '-c', 'max_connections=200'],
    ],
    { cwd: cluster, account, env, log: log.fd, signal: 'INT' },
  );
  await log.close();
  const admin = `postgres://postgres@127.0.0.1:${port}/postgres`;
  await vi.waitFor(() => query(admin, `create role ${OWNER} login createdb createrole`), { timeout: 30_000 });
  url = `postgres://${OWNER}@127.0.0.1:${port}/postgres`;
});

afterAll(async () => {
  postgres?.release();
  await postgres?.ended;
  await rm(directory, { recursive: true, force: true });
});

async function query(at: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: at });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}

test('the whole suite of the server passes on PostgreSQL 15, owned by an account that is no superuser', async () => {
  const [version] = (await query(
    url,
    "select current_setting('server_version_num')::int / 10000 as major",
  )) as {
    major: number;
  }[];
  expect(version?.major).toBe(15);

  const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
  const { VITEST: _, VITEST_MODE: __, ...env } = process.env;
  const report = join(directory, 'report.json');
  const outcome = await run(
    process.execPath,
    [
      ...[vitest, 'run', '--project', 'server', '--reporter=json', `--outputFile=${report}`],
      // These start PostgreSQL 18 themselves, whatever the suite runs on.
      ...['--exclude', '**/embedded/**'],
    ],
    { cwd: ROOT, env: { ...env, DATABASE_URL_TEST: url }, maxBuffer: 64 * 1024 * 1024 },
  ).catch((error: { stdout: string; stderr: string }) => error);
  const { numTotalTests, numPassedTests, testResults }: Report = JSON.parse(await readFile(report, 'utf8'));
  const failed = testResults.flatMap(({ assertionResults }) =>
    assertionResults.filter(({ status }) => status !== 'passed').map(({ fullName }) => fullName),
  );
  expect(failed, outcome.stderr).toEqual([]);
  expect(numPassedTests).toBe(numTotalTests);
  expect(numTotalTests).toBeGreaterThan(300);
}, 600_000);

interface Report {
  numTotalTests: number;
  numPassedTests: number;
  testResults: { assertionResults: { fullName: string; status: string }[] }[];
}
