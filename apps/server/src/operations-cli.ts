import { type Command, InvalidArgumentError } from 'commander';
import { exitWith } from './operator/exit-with.ts';
import type { TableRecord } from './platform/backup/manifest.ts';

interface Output {
  json?: boolean;
}

/** Adds what keeps the desk running over the years. Each command loads what it needs when it is run. */
export function registerOperations(program: Command): void {
  program
    .command('backup')
    .description('write everything the desk needs to come back into one file, while it runs')
    .option('--to <file>', 'the file to write; else one named by the time, in the data directory’s backups')
    .option('--keep <number>', 'of backups named by the time, keep so many, the newest', wholeNumber)
    .option('--json', 'print the result as JSON')
    .action(({ json, ...options }: { to?: string; keep?: number } & Output) =>
      exitWith(async () => {
        const { backup } = await import('./operator/backup.ts');
        const made = await backup({ ...options, onTable: tellOf('kept') });
        if (json) console.log(JSON.stringify(made));
        else {
          console.log(`${made.file}: ${made.rows} rows of ${made.tables} tables, ${made.bytes} bytes`);
          for (const name of made.removed) console.log(`removed the older ${name}`);
          console.log('It holds the desk’s secrets: whoever reads it can act as the desk. Guard it.');
        }
        return 0;
      }),
    );

  program
    .command('restore')
    .description('put a backup into an empty database and this data directory')
    .argument('<file>', 'what `vakhta backup` wrote')
    .option('--verify', 'read every table back and compare its rows and hash, and verify the audit')
    .option('--replace', 'remove what the database holds, after asking')
    .option('--yes', 'do not ask')
    .option('--json', 'print the result as JSON')
    .action((file: string, { json, ...options }: RestoreOptions & Output) =>
      exitWith(async () => {
        const { restore } = await import('./operator/restore.ts');
        const done = await restore(file, { ...options, onTable: tellOf('restored') });
        const faults = done.audit?.faults ?? [];
        if (json) console.log(JSON.stringify(done));
        else {
          console.log(`restored the backup of ${done.at}: ${done.rows} rows of ${done.tables} tables`);
          if (done.audit)
            console.log(
              `${done.verified} tables verified: same rows, same hashes; ${done.audit.verified} entries of the audit verified`,
            );
          for (const name of done.migrated) console.log(`migrated on: ${name}`);
          for (const { organisation, position, problem } of faults)
            console.log(`WRONG audit of ${organisation} at position ${position}: ${problem}`);
        }
        return faults.length === 0 ? 0 : 1;
      }),
    );
}

interface RestoreOptions {
  verify?: boolean;
  replace?: boolean;
  yes?: boolean;
}

/** Who waits at a terminal sees how far it is; a script gets the result only. */
const tellOf =
  (what: string) =>
  ({ schema, table, rows }: TableRecord): void => {
    if (process.stderr.isTTY) console.error(`${what} ${schema}.${table}: ${rows} rows`);
  };

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('it must be a whole number, 1 or more');
  return Number(text);
}
