import { createInterface } from 'node:readline/promises';
import { systemClock, systemRandom, UsageError } from '@vakhta/kernel';
import * as z from 'zod';
import { type Config, readConfig } from '../config.ts';
import { type AuditVerdict, verifyAudit } from '../core/audit/verify.ts';
import { makeLogPartitions } from '../core/ingest/log-partitions.ts';
import { reachDatabase } from '../ensure-database.ts';
import { migrationModules } from '../migration-modules.ts';
import { openBackup } from '../platform/backup/archive-reader.ts';
import type { BackupHead, TableRecord } from '../platform/backup/manifest.ts';
import { type Restored, restoreBackup } from '../platform/backup/restore-backup.ts';
import { openDatabase } from '../platform/postgres/database.ts';
import { migrate } from '../platform/postgres/migrations.ts';
import { keepServerSecrets, readServerSecrets } from '../server-secrets.ts';
import { ALL_SEEING } from './backup.ts';
import { writeKeptFiles } from './kept-files.ts';

export interface RestoreCommand {
  verify?: boolean;
  /** May remove what the database holds, after asking. */
  replace?: boolean;
  /** The answer to that question. */
  yes?: boolean;
  onTable?: (table: TableRecord) => void;
}

export interface RestoreResult extends Restored {
  madeBy: string;
  at: string;
  /** Migrations that this version has beyond the backup's. */
  migrated: string[];
  /** With `verify`: what the chains of the audit are found to be. */
  audit?: AuditVerdict;
}

/** What a backup must hold for the desk to come back as itself. */
const KeptSecrets = z.object({ signingKey: z.string().min(1), sessionSecret: z.string().min(1) });

/** Puts a backup into this desk's database and data directory. The file is looked through before anything is touched. */
export async function restore(file: string, options: RestoreCommand): Promise<RestoreResult> {
  const config = readConfig(process.env);
  const backup = await openBackup(file);
  const kept = KeptSecrets.parse(backup.manifest.secrets);
  refuseOtherSecrets(config, kept);
  const own = await readServerSecrets(config, systemRandom);
  const source = await reachDatabase(config, own, systemClock);
  try {
    const restored = await restoreBackup({
      url: source.url,
      backup,
      modules: migrationModules,
      allSeeing: ALL_SEEING,
      verify: options.verify ?? false,
      mayReplace: (there) => mayReplace(there, backup.head, options),
      makePartitions: makeLogPartitions,
      beforeCommit: async () => {
        await keepServerSecrets(config, { ...own, ...kept });
        await writeKeptFiles(config.data, backup.manifest.files);
      },
      ...(options.onTable && { onTable: options.onTable }),
    });
    const migrated = await migrate(source.url, migrationModules);
    const result = {
      ...restored,
      madeBy: backup.head.madeBy,
      at: backup.head.at,
      migrated: migrated.map(({ module, name }) => `${module}/${name}`),
    };
    if (!options.verify) return result;
    const database = openDatabase({ url: source.url, connections: 1 });
    try {
      return { ...result, audit: await verifyAudit(database) };
    } finally {
      await database.close();
    }
  } finally {
    await source.embedded?.stop();
  }
}

/** Agents obey the key of the backup; a server that is given another by its environment could give no order. */
function refuseOtherSecrets({ secrets }: Config, kept: z.infer<typeof KeptSecrets>): void {
  for (const [variable, here, there] of [
    ['VAKHTA_SIGNING_KEY', secrets.signingKey, kept.signingKey],
    ['VAKHTA_SESSION_SECRET', secrets.sessionSecret, kept.sessionSecret],
  ] as const)
    if (here !== undefined && here !== there)
      throw new UsageError(
        'restore.other_secret',
        `${variable} is not that of the backup: set it to the same, or unset it to use the one in the backup`,
      );
}

async function mayReplace(
  there: { tables: number; rows: number },
  head: BackupHead,
  { replace = false, yes = false }: RestoreCommand,
): Promise<boolean> {
  if (!replace) return false;
  if (yes) return true;
  if (!process.stdin.isTTY)
    throw new UsageError('restore.not_asked', 'nobody is there to be asked: give --yes with --replace');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(
      `This removes the ${there.rows} rows in the ${there.tables} tables of the database and puts the backup of ${head.at} in their place.\nType "replace" to go on: `,
    );
    return answer.trim() === 'replace';
  } finally {
    terminal.close();
  }
}
