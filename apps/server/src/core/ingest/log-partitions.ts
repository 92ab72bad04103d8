import type { Clock } from '@vakhta/kernel';
import { sql } from 'kysely';
import type pg from 'pg';
import type { Database } from '../../platform/postgres/database.ts';

const LOCK = 7206;

/** Makes the log's partitions of this month and the next where they are missing. */
export async function ensureLogPartitions(database: Database, clock: Clock): Promise<void> {
  await database.owner(async (tx) => {
    // Two at once would both find a partition missing.
    await sql`select pg_advisory_xact_lock(${LOCK})`.execute(tx);
    await sql`call ensure_log_partitions(${new Date(clock.now())})`.execute(tx);
  });
}

const OF_MONTH = /^log_(\d{4})_(\d{2})(?:_|$)/;

/** Makes those of the months that these names are of, where the rows of a backup are about to come. */
export async function makeLogPartitions(
  client: Pick<pg.ClientBase, 'query'>,
  names: readonly string[],
): Promise<void> {
  const months = new Set(
    names.flatMap((name) => {
      const [, year, month] = OF_MONTH.exec(name) ?? [];
      return year && month ? [`${year}-${month}-01T00:00:00Z`] : [];
    }),
  );
  for (const month of months) await client.query('call ensure_log_partitions($1)', [month]);
}
