import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { AppError, UsageError } from '@vakhta/kernel';
import pg from 'pg';
import { from } from 'pg-copy-streams';
import { applyMigrations, type MigrationModule, readMigrations } from '../postgres/migrations.ts';
import type { CheckedBackup, TablePart } from './archive-reader.ts';
import type { BackupManifest, MigrationRecord, TableRecord } from './manifest.ts';
import { countRows, quotedColumns, quotedName, readTableText, speakPlainly } from './table-text.ts';
import { dropEverything, nameOf, readTables, type Table } from './tables.ts';

export interface RestoreOptions {
  /** Of the database that the backup is put into. */
  url: string;
  backup: CheckedBackup;
  modules: readonly MigrationModule[];
  allSeeing: string;
  /** Reads every table back and compares its hash, before anything is kept. */
  verify: boolean;
  /** May remove what is in the database; asked only where there is something. */
  mayReplace(there: { tables: number; rows: number }): Promise<boolean>;
  /** Makes the partitions of these names. */
  makePartitions(client: pg.Client, names: readonly string[]): Promise<void>;
  /** The last step before all of it is committed. */
  beforeCommit(): Promise<void>;
  onTable?: (table: TableRecord) => void;
}

export interface Restored {
  tables: number;
  rows: number;
  /** Tables that were read back and found to hash as before; 0 where that was not asked for. */
  verified: number;
}

/** Puts a backup into an empty database, in one transaction: all of it is there afterwards, or nothing is changed. */
export async function restoreBackup(options: RestoreOptions): Promise<Restored> {
  const { backup, modules } = options;
  const { manifest } = backup;
  const known = await readMigrations(modules);
  const state = manifest.migrations.map((record) => findMigration(record, known));
  const client = new pg.Client({ connectionString: options.url, application_name: 'vakhta-restore' });
  await client.connect();
  client.on('error', () => {});
  try {
    await refuseWhileServing(client);
    await client.query('begin');
    await speakPlainly(client);
    await makeRoom(client, options);
    // In the order in which they are written, which is that of the files.
    await applyMigrations(
      client,
      known.filter((migration) => state.includes(migration)),
    );
    await options.makePartitions(client, manifest.partitions);
    const tables = matchTables(await readTables(client), manifest);
    for (const table of tables.values()) if (table.isForced) await force(client, table, false);
    const deriving = await derivingTriggers(client);
    for (const trigger of deriving) await enable(client, trigger, false);
    await loadTables(client, options, tables);
    // What is checked at the end only is checked now: no table can be altered while a check of it waits.
    await client.query('set constraints all immediate');
    for (const trigger of deriving) await enable(client, trigger, true);
    for (const table of tables.values()) if (table.isForced) await force(client, table, true);
    for (const { schema, sequence, last, called } of manifest.sequences)
      await client.query('select setval(format($1, $2::text, $3::text)::regclass, $4, $5)', [
        '%I.%I',
        schema,
        sequence,
        last,
        called,
      ]);
    const verified = options.verify ? await verifyTables(client, options, tables) : 0;
    await options.beforeCommit();
    await client.query('commit');
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
    return { tables: manifest.tables.length, rows, verified };
  } finally {
    // Ends the transaction, too, where it was not committed.
    await client.end();
  }
}

function findMigration(
  record: MigrationRecord,
  known: Awaited<ReturnType<typeof readMigrations>>,
): (typeof known)[number] {
  const found = known.find(({ module, name }) => module === record.module && name === record.name);
  if (!found)
    throw new AppError(
      'backup.newer',
      `the backup is of a newer database (${record.module}/${record.name} is not known here): update Vakhta first`,
    );
  if (found.hash !== record.hash)
    throw new AppError(
      'backup.other_history',
      `the backup is of a database made otherwise: ${record.module}/${record.name} is not the file known here`,
    );
  return found;
}

/** A desk that serves would write into what is being replaced, and hold in memory what is no more. */
async function refuseWhileServing(client: pg.Client): Promise<void> {
  const { rows } = await client.query(
    `select from pg_stat_activity
     where datname = current_database() and application_name = 'vakhta' and pid <> pg_backend_pid()`,
  );
  if (rows.length > 0)
    throw new UsageError('restore.desk_runs', 'the desk runs on this database: stop it, then restore');
}

async function makeRoom(
  client: pg.Client,
  { allSeeing, mayReplace }: Pick<RestoreOptions, 'allSeeing' | 'mayReplace'>,
): Promise<void> {
  const tables = await readTables(client);
  let rows = 0;
  for (const table of tables) rows += await countRows(client, table, allSeeing);
  if (rows > 0 && !(await mayReplace({ tables: tables.length, rows })))
    throw new UsageError(
      'restore.not_empty',
      `the database is not empty (${rows} rows in ${tables.length} tables): restore into an empty one, or give --replace`,
    );
  await dropEverything(client);
}

const drain = async (text: AsyncIterable<Uint8Array>): Promise<void> => {
  for await (const _ of text);
};

const keyOf = ({ schema, table }: TableRecord): string => nameOf({ schema, name: table });

function matchTables(tables: readonly Table[], manifest: BackupManifest): Map<string, Table> {
  const there = new Map(tables.map((table) => [nameOf(table), table]));
  return new Map(
    manifest.tables.map((record) => {
      const table = there.get(keyOf(record));
      if (!table || record.columns.some((column) => !table.columns.includes(column)))
        throw new AppError(
          'backup.other_history',
          `the backup has a table ${keyOf(record)} that its migrations do not make so`,
        );
      return [keyOf(record), { ...table, columns: record.columns }];
    }),
  );
}

const force = (client: pg.Client, table: Table, on: boolean): Promise<unknown> =>
  client.query(`alter table ${quotedName(table)} ${on ? '' : 'no '}force row level security`);

interface DerivingTrigger {
  schema: string;
  name: string;
  trigger: string;
}

/** Triggers that make rows of other rows: the backup has both. Those that only check stay on. */
async function derivingTriggers(client: pg.Client): Promise<DerivingTrigger[]> {
  const { rows } = await client.query<DerivingTrigger>(
    `select n.nspname as schema, c.relname as name, t.tgname as trigger
     from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
     where not t.tgisinternal and t.tgconstraint = 0 order by 1, 2, 3`,
  );
  return rows;
}

const enable = (client: pg.Client, { trigger, ...table }: DerivingTrigger, on: boolean): Promise<unknown> =>
  client.query(
    `alter table ${quotedName(table)} ${on ? 'enable' : 'disable'} trigger ${pg.escapeIdentifier(trigger)}`,
  );

/** The parts come table by table, in the order of the manifest; a table without rows has none. */
async function loadTables(
  client: pg.Client,
  { backup, onTable }: RestoreOptions,
  tables: ReadonlyMap<string, Table>,
): Promise<void> {
  const parts = backup.parts();
  let waiting: TablePart | undefined = (await parts.next()).value;
  for (const record of backup.manifest.tables) {
    const table = tables.get(keyOf(record))!;
    const hash = createHash('sha256');
    async function* text(): AsyncGenerator<Buffer> {
      while (waiting?.table === keyOf(record)) {
        hash.update(waiting.text);
        yield waiting.text;
        waiting = (await parts.next()).value;
      }
    }
    const into = client.query(from(`copy ${quotedName(table)} (${quotedColumns(table)}) from stdin`));
    await pipeline(text(), into);
    if (into.rowCount !== record.rows || hash.digest('hex') !== record.sha256)
      throw new AppError(
        'backup.damaged',
        `${keyOf(record)} has ${into.rowCount} rows in the backup, which are not the ${record.rows} that were written`,
      );
    onTable?.(record);
  }
  if (waiting !== undefined)
    throw new AppError(
      'backup.damaged',
      `the backup holds ${waiting.table}, which its manifest does not name`,
    );
}

async function verifyTables(
  client: pg.Client,
  { backup, allSeeing }: RestoreOptions,
  tables: ReadonlyMap<string, Table>,
): Promise<number> {
  for (const record of backup.manifest.tables) {
    const found = await readTableText(client, tables.get(keyOf(record))!, allSeeing, drain);
    if (found.rows !== record.rows || found.sha256 !== record.sha256)
      throw new AppError(
        'restore.differs',
        `${keyOf(record)} came back as ${found.rows} rows with hash ${found.sha256}, not as ${record.rows} rows with ${record.sha256}`,
      );
  }
  return backup.manifest.tables.length;
}
