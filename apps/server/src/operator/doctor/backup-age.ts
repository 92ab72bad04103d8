import { type Clock, days } from '@vakhta/kernel';
import type { Config } from '../../config.ts';
import { readLastBackup } from '../last-backup.ts';
import { type Finding, good, note, wrong } from './finding.ts';

const BACKUP_OLD = days(2);

export async function examineBackup({ data }: Pick<Config, 'data'>, clock: Clock): Promise<Finding> {
  const what = 'backup';
  const last = await readLastBackup(data);
  if (!last)
    return note(what, 'none was ever made', 'npx vakhta backup, every night: docs/guides/back-it-up.md');
  const found = `of ${last.at}, ${last.rows} rows, ${last.file}`;
  return clock.now() - Date.parse(last.at) > BACKUP_OLD
    ? wrong(
        what,
        `the last is ${found}`,
        'does what makes it every night still run? npx vakhta backup makes one now',
      )
    : good(what, found);
}
