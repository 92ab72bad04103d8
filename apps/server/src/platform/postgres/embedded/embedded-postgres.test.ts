import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { systemClock } from '@vakhta/kernel';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { findBinaries } from './binaries.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';
import { isAlive } from './postmaster.ts';

const asRoot = process.getuid?.() === 0;
const DAEMON = { uid: 1, gid: 1 };
/** Not so in a clone below a 0700 directory: there is nothing that another user could start. */
const othersCanRunUs =
  asRoot && spawnSync(process.execPath, ['--version'], { cwd: '/', ...DAEMON }).status === 0;
const FIXTURE = fileURLToPath(new URL('./hold.fixture.ts', import.meta.url));

/** mkdtemp makes it 0700, so for root this is the hard case: PostgreSQL's account cannot walk into it. */
let home: string;
const started: EmbeddedPostgres[] = [];

beforeEach(async () => {
  home = join(await mkdtemp(join(tmpdir(), 'vakhta-test-')), 'postgres');
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((postgres) => postgres.stop()));
  await rm(dirname(home), { recursive: true, force: true });
});

const start = async () => {
  const postgres = await startEmbeddedPostgres({ home, password: 'secret', clock: systemClock });
  started.push(postgres);
  return postgres;
};

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function hold(options: { uid?: number; gid?: number } = {}) {
  const child = spawn(process.execPath, [FIXTURE, home], { stdio: ['pipe', 'pipe', 'inherit'], ...options });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { child, ...(JSON.parse(line) as { pid: number; url: string }) };
}

const keeperOf = async (pid: number): Promise<number> =>
  Number(/^PPid:\s+(\d+)/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1]);

async function kill(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
}

describe('an embedded PostgreSQL', () => {
  test('keeps what was committed, and its address, over a stop and a start', async () => {
    const first = await start();
    await query(first.url, 'create table kept (n int)');
    await query(first.url, 'insert into kept values (1)');
    await first.stop();
    expect(isAlive(first.pid)).toBe(false);

    const second = await start();
    expect(second.url).toBe(first.url);
    expect(await query(second.url, 'select n from kept')).toEqual([{ n: 1 }]);
  });

  test('syncs every commit, listens on loopback only and asks for the password', async () => {
    const { url } = await start();
    const [settings] = await query(
      url,
      "select current_setting('fsync') f, current_setting('listen_addresses') a, current_setting('unix_socket_directories') s",
    );
    expect(settings).toEqual({ f: 'on', a: '127.0.0.1', s: '' });
    await expect(query(url.replace('secret', 'guess'), 'select 1')).rejects.toMatchObject({ code: '28P01' });
  });

  test('ends when the process that started it is killed with SIGKILL', async () => {
    const { child, pid } = await hold();
    await kill(child, 'SIGKILL');
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), 10_000);
  });

  test('is taken over after both its process and its keeper were killed', async () => {
    const { child, pid, url } = await hold();
    await query(url, 'create table survivors (n int)');
    process.kill(await keeperOf(pid), 'SIGKILL');
    await kill(child, 'SIGKILL');
    expect(isAlive(pid)).toBe(true);

    const next = await start();
    expect(isAlive(pid)).toBe(false);
    expect(await query(next.url, 'select count(*)::int as n from survivors')).toEqual([{ n: 0 }]);
  });

  test('refuses a second process while the first still keeps the cluster', async () => {
    const { child, pid } = await hold();
    await expect(start()).rejects.toMatchObject({ code: 'postgres.in_use', context: { postmaster: pid } });
    expect(isAlive(pid)).toBe(true);
    await kill(child, 'SIGTERM');
    expect(isAlive(pid)).toBe(false);
  });

  test('starts over after a crash in the middle of making the cluster', async () => {
    await mkdir(join(home, '18.new', 'base'), { recursive: true });
    const { url } = await start();
    expect(await query(url, 'select 1 as n')).toEqual([{ n: 1 }]);
  });

  test.runIf(asRoot)('runs from binaries below a 0700 directory by way of a copy', async () => {
    const native = fileURLToPath(
      new URL('../native', import.meta.resolve(`@embedded-postgres/linux-${process.arch}`)),
    );
    const hidden = join(dirname(home), 'clone');
    await cp(native, join(hidden, 'native'), { recursive: true, verbatimSymlinks: true });
    const nobody = { uid: 65534, gid: 65534 };
    const cache = await mkdtemp(join(tmpdir(), 'vakhta-cache-'));
    await chmod(cache, 0o755);
    try {
      const binaries = await findBinaries(nobody, { native: join(hidden, 'native'), version: '18.0', cache });
      expect(binaries.postgres).toBe(join(cache, 'postgresql-18.0', 'bin', 'postgres'));
      expect(execFileSync(binaries.postgres, ['--version'], { cwd: '/', ...nobody }).toString()).toContain(
        '18.',
      );
    } finally {
      await rm(cache, { recursive: true, force: true });
    }
  });

  test.runIf(othersCanRunUs)('runs for a user who is not root, as that user', async () => {
    await chown(dirname(home), DAEMON.uid, DAEMON.gid);
    const { child, pid } = await hold(DAEMON);
    expect(await readFile(`/proc/${pid}/status`, 'utf8')).toMatch(/^Uid:\s+1\s/m);
    await kill(child, 'SIGTERM');
    expect(isAlive(pid)).toBe(false);
  });
});
