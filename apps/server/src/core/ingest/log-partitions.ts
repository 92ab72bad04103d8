import type { Clock } from '@vakhta/kernel';
import { sql } from 'kysely';
import type { Database } from '../../platform/postgres/database.ts';

/** Makes the log's partitions of this month and the next where they are missing. */
export async function ensureLogPartitions(database: Database, clock: Clock): Promise<void> {
  await database.owner((tx) => sql`call ensure_log_partitions(${new Date(clock.now())})`.execute(tx));
}
