import type { DataAccess } from '@vakhta/api';
import { days, hours, type Instant } from '@vakhta/kernel';
import { type RawBuilder, sql } from 'kysely';
import type { Database, Tx } from '../../platform/postgres/database.ts';
import type { Principal } from '../access/principal.ts';

const KEPT = days(180);
const HOUR = hours(1);

/** Notes that somebody looked; once more within the hour counts up in the same row. */
export async function noteDataAccess(
  tx: Tx,
  { organisation, member, via }: Pick<Principal, 'organisation' | 'member' | 'via'>,
  what: DataAccess['what'],
  now: Instant,
): Promise<void> {
  const at = new Date(now);
  await sql`
    insert into data_access as d (org_id, member_id, what, via, hour, last_at)
    values (${organisation}, ${member}, ${what}, ${via}, ${new Date(Math.floor(now / HOUR) * HOUR)}, ${at})
    on conflict (org_id, hour, member_id, what, via) do update set last_at = excluded.last_at, times = d.times + 1`.execute(
    tx,
  );
}

export interface DataAccessRow {
  member: string;
  what: DataAccess['what'];
  via: DataAccess['via'];
  hour: Date;
  lastAt: Date;
  times: number;
}

/** Where a page ended: the order's columns. */
export interface DataAccessPlace {
  hour: string;
  member: string;
  what: string;
  via: string;
}

export async function selectDataAccess(
  tx: Tx,
  { limit, after }: { limit: number; after?: DataAccessPlace },
): Promise<DataAccessRow[]> {
  const condition: RawBuilder<unknown> = after
    ? sql`(hour, member_id, what, via) < (${after.hour}::timestamptz, ${after.member}::uuid, ${after.what}, ${after.via})`
    : sql`true`;
  const { rows } = await sql<DataAccessRow>`
    select member_id as member, what, via, hour, last_at as "lastAt", times from data_access
    where ${condition} order by hour desc, member_id desc, what desc, via desc limit ${limit}`.execute(tx);
  return rows;
}

export function forgetPastDataAccess(database: Database, now: Instant): Promise<void> {
  return database.system(async (tx) => {
    await sql`delete from data_access where hour < ${new Date(now - KEPT)}`.execute(tx);
  });
}
