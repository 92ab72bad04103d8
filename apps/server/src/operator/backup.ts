import { existsSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { systemClock, systemRandom, UsageError } from '@vakhta/kernel';
import { readConfig } from '../config.ts';
import { reachDatabase } from '../ensure-database.ts';
import type { TableRecord } from '../platform/backup/manifest.ts';
import { type BackupMade, writeBackup } from '../platform/backup/write-backup.ts';
import { readServerSecrets } from '../server-secrets.ts';
import { VERSION } from '../version.ts';
import { readKeptFiles } from './kept-files.ts';
import { noteLastBackup } from './last-backup.ts';

export interface BackupCommand {
  /** The file to write; without it one named by the time, in the data directory's `backups`. */
  to?: string;
  /** How many of those named by the time are kept, the newest ones. */
  keep?: number;
  onTable?: (table: TableRecord) => void;
}

/** The role that sees every organisation's rows, and by which a backup is read. */
export const ALL_SEEING = 'vakhta_system';

const NAMED_BY_TIME = /^vakhta-\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}Z\.backup\.tar$/;

/** Writes all that the desk needs to come back into one file; the desk may run meanwhile. */
export async function backup({
  to,
  keep,
  onTable,
}: BackupCommand): Promise<BackupMade & { removed: string[] }> {
  const config = readConfig(process.env);
  const secrets = await readServerSecrets(config, systemRandom);
  // Not migrated: what is kept is the database as it is, also right before an upgrade.
  const source = await reachDatabase(config, secrets, systemClock);
  try {
    const backups = join(config.data, 'backups');
    const now = new Date(systemClock.now()).toISOString();
    const file = resolve(to ?? join(backups, `vakhta-${now.slice(0, 19).replaceAll(':', '-')}Z.backup.tar`));
    if (existsSync(file))
      throw new UsageError('backup.file_exists', `${file} is there already: nothing is overwritten`);
    if (to === undefined) await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const { signingKey, sessionSecret } = secrets;
    const made = await writeBackup({
      url: source.url,
      file,
      allSeeing: ALL_SEEING,
      madeBy: VERSION,
      secrets: { signingKey, sessionSecret },
      files: await readKeptFiles(config.data),
      clock: systemClock,
      ...(onTable && { onTable }),
    });
    await noteLastBackup(config.data, made);
    return { ...made, removed: keep === undefined ? [] : await removeOld(dirname(file), keep) };
  } finally {
    await source.embedded?.stop();
  }
}

/** Only files that have our name and a time in it: names sort as their times do. */
async function removeOld(directory: string, keep: number): Promise<string[]> {
  const ours = (await readdir(directory)).filter((name) => NAMED_BY_TIME.test(name)).sort();
  const old = ours.slice(0, Math.max(0, ours.length - keep));
  for (const name of old) await rm(join(directory, name));
  return old;
}
