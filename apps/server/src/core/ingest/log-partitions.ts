import type { Clock } from '@vakhta/kernel';
import { sql } from 'kysely';
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
