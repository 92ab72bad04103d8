import type { Clock } from '@vakhta/kernel';
import pg from 'pg';
import { readAppliedMigrations } from '../postgres/migrations.ts';
import { HEAD_ENTRY, MANIFEST_ENTRY, writeArchive } from './archive-writer.ts';
import { type BackupManifest, backupHead, type KeptFile, type TableRecord } from './manifest.ts';
import { readTableText, speakPlainly } from './table-text.ts';
import { nameOf, readPartitions, readSequences, readTables } from './tables.ts';

export interface BackupOptions {
  /** Of the database. */
  url: string;
  /** Where the backup is written; must not be there yet. */
  file: string;
  /** Sees every row of every table under row-level security. */
  allSeeing: string;
  /** This program's version. */
  madeBy: string;
  secrets: Record<string, string>;
  files: readonly KeptFile[];
  clock: Clock;
  onTable?: (table: TableRecord) => void;
}

export interface BackupMade {
  file: string;
  at: string;
  bytes: number;
  tables: number;
  rows: number;
}

/** Writes all there is in the database, as it is at one moment, into one file. The desk may go on meanwhile. */
export async function writeBackup(options: BackupOptions): Promise<BackupMade> {
  const { file, clock, madeBy } = options;
  const client = new pg.Client({ connectionString: options.url, application_name: 'vakhta-backup' });
  await client.connect();
  // A connection that breaks fails the query under way, which tells.
  client.on('error', () => {});
  try {
    await client.query('begin isolation level repeatable read read only');
    await speakPlainly(client);
    const at = new Date(clock.now()).toISOString();
    const tables: TableRecord[] = [];
    const { bytes } = await writeArchive(file, async (archive) => {
      await archive.json(HEAD_ENTRY, backupHead({ at, madeBy }));
      const migrations = await readAppliedMigrations(client);
      const partitions = await readPartitions(client);
      for (const table of await readTables(client)) {
        const sum = await readTableText(client, table, options.allSeeing, (text) =>
          archive.parts(`tables/${nameOf(table)}`, text),
        );
        const record = { schema: table.schema, table: table.name, columns: table.columns, ...sum };
        tables.push(record);
        options.onTable?.(record);
      }
      await archive.json(MANIFEST_ENTRY, {
        migrations,
        tables,
        partitions,
        sequences: await readSequences(client),
        secrets: options.secrets,
        files: [...options.files],
      } satisfies BackupManifest);
    });
    const rows = tables.reduce((sum, table) => sum + table.rows, 0);
    return { file, at, bytes, tables: tables.length, rows };
  } finally {
    await client.end();
  }
}
