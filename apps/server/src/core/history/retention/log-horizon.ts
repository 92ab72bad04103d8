import type { Instant } from '@vakhta/kernel';
import { sql } from 'kysely';
import type { Tx } from '../../../platform/postgres/database.ts';

/**
 * From when on the log holds every observation of these kinds; undefined where none was ever dropped. Of what came before
 * it holds the last of each name only.
 */
export async function readHorizon(tx: Tx, kinds: readonly string[]): Promise<Instant | undefined> {
  const { rows } = await sql<{ until: Date | null }>`
    select max(until) as until from log_seals where kind = any(${kinds}::text[])`.execute(tx);
  return rows[0]?.until?.getTime();
}
