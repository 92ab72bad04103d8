import { type Clock, type Duration, minutes, type OrganisationId } from '@vakhta/kernel';
import { sql } from 'kysely';
import type { Log } from '../../../platform/log/log.ts';
import type { Database } from '../../../platform/postgres/database.ts';
import type { Logged } from '../../ingest/logged.ts';
import type { Projection } from '../../ingest/projection.ts';
import { makeCheckpoint } from '../../ingest/projection-checkpoint.ts';
import { finishedMonths, type LogMonth, sealMonth } from './seal-month.ts';

/** How long each kind of observation is kept at least; for good where none is named. */
export type Retention = Readonly<Partial<Record<Logged['kind'], Duration>>>;

export interface RetentionDeps {
  database: Database;
  clock: Clock;
  log: Log;
  projections: readonly Projection[];
  retention: Retention;
}

/** What was on its way to the log as a month ended has come. */
const SETTLED = minutes(10);

/**
 * Drops from the log what is older than it must be kept, month by month: of a month a kind goes once all of it is. What is
 * derived from it is written down first, so that it can be rebuilt without. Returns how many months lost something.
 */
export async function dropOldMonths(deps: RetentionDeps): Promise<number> {
  const { database, clock, log, retention } = deps;
  if (Object.keys(retention).length === 0) return 0;
  let dropped = 0;
  for (const month of await database.owner((tx) => finishedMonths(tx, clock.now() - SETTLED))) {
    const kinds = await kindsToDrop(deps, month);
    if (kinds.length === 0) continue;
    if (!(await writeDown(deps, month, kinds))) {
      log.warn({ event: 'log.retention_waits', month: month.partition });
      return dropped;
    }
    const sealed = await database.owner((tx) => sealMonth(tx, month, kinds, clock.now()));
    if (!sealed) continue;
    log.info({ event: 'log.dropped', month: month.partition, kinds, ...sealed });
    dropped += 1;
  }
  return dropped;
}

async function kindsToDrop(
  { database, clock, retention }: RetentionDeps,
  { from, until }: LogMonth,
): Promise<string[]> {
  const over = Object.entries(retention)
    .filter(([, kept]) => until.getTime() + kept <= clock.now())
    .map(([kind]) => kind);
  const { rows } = await database.system((tx) =>
    sql<{ kind: string }>`select kind from log_seals where month = ${from}`.execute(tx),
  );
  return over.filter((kind) => !rows.some((row) => row.kind === kind));
}

/** Writes down all that comes of the log up to a month's end; false where a projection has yet to take some of it. */
async function writeDown(
  deps: RetentionDeps,
  { from, until }: LogMonth,
  kinds: readonly string[],
): Promise<boolean> {
  const { database, projections } = deps;
  const { rows: ends } = await database.system((tx) =>
    sql<{ org_id: OrganisationId; last: number; behind: boolean }>`
      select org_id, max(id) as last, exists (select from projection_failures failed where failed.org_id = log.org_id) as behind
      from log where received_at >= ${from} and received_at < ${until} group by org_id`.execute(tx),
  );
  if (ends.some(({ behind }) => behind)) return false;
  for (const { org_id: organisation, last } of ends) {
    for (const projection of projections)
      if (projection.restores) await makeCheckpoint(deps, organisation, projection, last);
    // Of the time before there is no more to be seen; those after it stand on their own.
    if (kinds.some((kind) => kind === 'property' || kind === 'presence'))
      await database.tenant(organisation, (tx) =>
        sql`delete from state_checkpoints where at < ${until}`.execute(tx),
      );
  }
  return true;
}
