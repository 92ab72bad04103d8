import { execFile } from 'node:child_process';
import { chown, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AppError, type Clock, seconds, sleep } from '@vakhta/kernel';
import { findFreePort, isPortFree } from '../../process/free-port.ts';
import { spawnKept } from '../../process/keeper.ts';
import { type Account, postgresAccount } from './account.ts';
import { type Binaries, findBinaries } from './binaries.ts';
import { clearCluster, isAlive, readPidFile, stopPostmaster } from './postmaster.ts';

/** A PostgreSQL of our own that is running. */
export interface EmbeddedPostgres {
  /** Of its maintenance database, as the owner of the cluster. */
  url: string;
  pid: number;
  /** Resolves when it ended without being asked to. */
  readonly lost: Promise<void>;
  /** Ends it within about 9 s, connections and all; idempotent. */
  stop(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  /** Everything of it lies in here: the cluster, its port, its log. Made if absent. */
  home: string;
  /** Of the cluster's owner; must stay the same for the life of `home`. */
  password: string;
  clock: Clock;
  /** Settings beyond ours, 'name=value'. */
  settings?: readonly string[];
}

const OWNER = 'vakhta';
/**
 * The cluster is named by its path as the process itself sees it: root's child is put into the directory before it
 * becomes another user, and no directory above needs to let that user through. (docs/decisions/0002)
 */
const HERE = '/proc/self/cwd';
const LOG_LIMIT_BYTES = 16 * 1024 * 1024;
const run = promisify(execFile);

/** Starts the cluster in `home`, made on the first start; takes over from a server that outlived its process. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { home, clock } = options;
  const account = await postgresAccount(home);
  const binaries = await findBinaries(account);
  await mkdir(home, { recursive: true, mode: 0o700 });
  await give(home, account);
  const cluster = join(home, binaries.major);
  if (!(await exists(cluster))) await createCluster(cluster, binaries, account, options);
  await clearCluster(cluster, clock);
  // Between choosing a port and PostgreSQL taking it, another process may take it.
  for (let attempt = 1; ; attempt++) {
    const port = await choosePort(home);
    const started = await startPostmaster(cluster, port, binaries, account, options);
    if (started) return started;
    if (attempt === 3)
      throw new AppError(
        'postgres.did_not_start',
        `PostgreSQL did not start; see ${join(home, 'postgres.log')}`,
        {
          context: { lastLines: (await readFile(join(home, 'postgres.log'), 'utf8')).slice(-2000) },
        },
      );
  }
}

/** The address of the cluster in `home` if some process of ours runs it now, else null. */
export async function findRunningPostgres(home: string, password: string): Promise<string | null> {
  const versions = await readdir(home).catch(() => []);
  for (const version of versions.filter((name) => /^\d+$/.test(name))) {
    const running = await readPidFile(join(home, version));
    if (running?.ready && isAlive(running.pid)) return urlOf(running.port, password);
  }
  return null;
}

const urlOf = (port: number, password: string): string =>
  `postgres://${OWNER}:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`;

/** Made under another name and renamed when whole, so that a crash on the way leaves nothing half made. */
async function createCluster(
  cluster: string,
  binaries: Binaries,
  account: Account,
  { password }: EmbeddedPostgresOptions,
): Promise<void> {
  const unfinished = `${cluster}.new`;
  const passwordFile = `${cluster}.password`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  await give(unfinished, account);
  await give(passwordFile, account);
  const args = [
    `--pgdata=${HERE}`,
    `--username=${OWNER}`,
    `--pwfile=${HERE}/../${binaries.major}.password`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // Sorts and changes case by Unicode, alike on every machine and after every update of its libraries.
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
  ];
  try {
    await run(binaries.initdb, args, { cwd: unfinished, env: childEnvironment(), ...runAs(account) });
  } catch (cause) {
    throw new AppError('postgres.initdb_failed', `initdb failed: ${String(cause)}`, { cause });
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(unfinished, cluster);
}

async function startPostmaster(
  cluster: string,
  port: number,
  binaries: Binaries,
  account: Account,
  { home, password, clock, settings = [] }: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres | null> {
  const log = await openLog(join(home, 'postgres.log'));
  const kept = await spawnKept(
    binaries.postgres,
    [
      '-D',
      HERE,
      ...[
        `port=${port}`,
        'listen_addresses=127.0.0.1',
        // A socket's path may be at most 107 bytes; a data directory may be deeper.
        'unix_socket_directories=',
        'fsync=on',
        'timezone=UTC',
        'log_timezone=UTC',
        ...settings,
      ].flatMap((setting) => ['-c', setting]),
    ],
    { cwd: cluster, account, log: log.fd, env: childEnvironment(), signal: 'INT' },
  );
  const ended = kept.ended.then(() => {});
  let running = true;
  void ended.then(() => {
    running = false;
  });
  await log.close();

  // Recovery after a crash may take a while; as long as it lives, it is on its way.
  const start = clock.monotonic();
  for (;;) {
    const file = await readPidFile(cluster);
    if (running && file?.ready) {
      let stopping: Promise<void> | undefined;
      return {
        url: urlOf(port, password),
        pid: file.pid,
        lost: ended.then(() => (stopping ? new Promise<void>(() => {}) : undefined)),
        stop: () => {
          stopping ??= stopPostmaster(cluster, file.pid, clock)
            .then(() => ended)
            .finally(() => {
              kept.release();
              return binaries.dispose();
            });
          return stopping;
        },
      };
    }
    if (!running) return null;
    if (clock.monotonic() - start > seconds(120)) {
      kept.release();
      throw new AppError('postgres.did_not_start', 'PostgreSQL was not ready within two minutes');
    }
    await sleep(clock, 10);
  }
}

/** The one of last time, so that a connection string noted down stays good, unless something else has it now. */
async function choosePort(home: string): Promise<number> {
  const file = join(home, 'port');
  const kept = Number(await readFile(file, 'utf8').catch(() => '0'));
  if (kept > 0 && (await isPortFree(kept))) return kept;
  const port = await findFreePort();
  await writeFile(file, String(port), { mode: 0o600 });
  return port;
}

async function openLog(path: string) {
  const size = (await stat(path).catch(() => undefined))?.size ?? 0;
  return open(path, size > LOG_LIMIT_BYTES ? 'w' : 'a', 0o600);
}

/** None of ours: DATABASE_URL and the like are not for it, and PG* variables would change what it does. */
const childEnvironment = (): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH ?? '/usr/bin:/bin',
  LC_ALL: 'C',
});

const runAs = (account: Account): Partial<Account> => (process.getuid?.() === 0 ? account : {});

async function give(path: string, { uid, gid }: Account): Promise<void> {
  if (process.getuid?.() === 0) await chown(path, uid, gid);
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
