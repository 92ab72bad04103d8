import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '@vakhta/kernel';
import pg from 'pg';

/** The SQL files of one part of the house, in `directory`, named `NNNN-name.sql` and run in that order. */
export interface MigrationModule {
  name: string;
  directory: string;
}

export interface Migration {
  module: string;
  /** The file's name without '.sql'. */
  name: string;
  sql: string;
  /** SHA-256 of the file, hex. */
  hash: string;
}

type Client = Pick<pg.ClientBase, 'query'>;

const FILE = /^\d{4}-[a-z0-9-]+\.sql$/;
/** Any number that nothing else on the cluster locks: two servers that start together migrate one after the other. */
const LOCK = 0x76616b68;

/** All files of all modules, in the order in which they are applied. */
export async function readMigrations(modules: readonly MigrationModule[]): Promise<Migration[]> {
  const perModule = modules.map(async ({ name: module, directory }) => {
    const files = (await readdir(directory)).filter((file) => FILE.test(file)).sort();
    return Promise.all(
      files.map(async (file) => {
        const sql = await readFile(join(directory, file), 'utf8');
        return {
          module,
          name: file.replace(/\.sql$/, ''),
          sql,
          hash: createHash('sha256').update(sql).digest('hex'),
        };
      }),
    );
  });
  return (await Promise.all(perModule)).flat();
}

/**
 * Brings the database at `url` up to date and returns what was applied. Each file is one transaction. Throws
 * `AppError` 'postgres.migration_changed' if a file was edited after it was applied, since the database would then
 * not be what the files say.
 */
export async function migrate(url: string, modules: readonly MigrationModule[]): Promise<Migration[]> {
  const migrations = await readMigrations(modules);
  return withClient(url, async (client) => {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await ensureRecord(client);
    const pending = pendingOf(migrations, await readApplied(client));
    for (const migration of pending) {
      await client.query('begin');
      await apply(client, migration);
      await client.query('commit');
    }
    return pending;
  });
}

/** Applies exactly these to a database that has none, in the caller's transaction: how an older state is made anew. */
export async function applyMigrations(client: Client, migrations: readonly Migration[]): Promise<void> {
  await ensureRecord(client);
  for (const migration of migrations) await apply(client, migration);
}

/** What was applied to the database. */
export async function readAppliedMigrations(
  client: Client,
): Promise<Pick<Migration, 'module' | 'name' | 'hash'>[]> {
  const { rows } = await client.query<Pick<Migration, 'module' | 'name' | 'hash'>>(
    'select module, name, hash from vakhta_migrations order by module, name',
  );
  return rows;
}

const ensureRecord = (client: Client): Promise<unknown> =>
  client.query(`
    create table if not exists vakhta_migrations (
      module text not null,
      name text not null,
      hash text not null,
      at timestamptz not null default now(),
      primary key (module, name)
    )`);

/** What `migrate` would apply now; the whole list where the database was never migrated. */
export async function pendingMigrations(
  pool: Client,
  modules: readonly MigrationModule[],
): Promise<Migration[]> {
  const migrations = await readMigrations(modules);
  const { rows } = await pool.query<{ exists: boolean }>(
    "select to_regclass('vakhta_migrations') is not null as exists",
  );
  return rows[0]?.exists ? pendingOf(migrations, await readApplied(pool)) : migrations;
}

async function readApplied(client: Client): Promise<Map<string, string>> {
  const { rows } = await client.query<{ key: string; hash: string }>(
    "select module || '/' || name as key, hash from vakhta_migrations",
  );
  return new Map(rows.map(({ key, hash }) => [key, hash]));
}

function pendingOf(migrations: readonly Migration[], applied: ReadonlyMap<string, string>): Migration[] {
  return migrations.filter(({ module, name, hash }) => {
    const before = applied.get(`${module}/${name}`);
    if (before !== undefined && before !== hash) {
      throw new AppError('postgres.migration_changed', `${module}/${name} was edited after it was applied`, {
        context: { module, name, applied: before, found: hash },
      });
    }
    return before === undefined;
  });
}

async function apply(client: Client, { module, name, sql, hash }: Migration): Promise<void> {
  try {
    await client.query(sql);
    await client.query('insert into vakhta_migrations (module, name, hash) values ($1, $2, $3)', [
      module,
      name,
      hash,
    ]);
  } catch (cause) {
    throw new AppError(
      'postgres.migration_failed',
      `${module}/${name} could not be applied: ${String(cause)}`,
      {
        context: { module, name },
        cause,
      },
    );
  }
}

/** The lock ends with the connection, so nothing is left locked whatever happens. */
async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'vakhta-migrate' });
  await client.connect();
  // A connection that breaks fails the query under way, which tells.
  client.on('error', () => {});
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
