import type { OrganisationId } from '@vakhta/kernel';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../platform/postgres/database.ts';
import type { Logged } from './logged.ts';

/**
 * Rows derived from the log. Applying the log from its start to empty tables must give the same rows as applying each
 * batch when it came: that is what a rebuild checks.
 */
export interface Projection {
  name: string;
  /** The tables it alone writes; their rows make its hash. */
  tables: readonly string[];
  /** Kinds of observation it takes; a batch without any of them is not given to it. */
  takes: readonly Logged['kind'][];
  apply(tx: Tx, batch: readonly Logged[]): Promise<void>;
  /**
   * For one that can not take an entry twice, or that the log is too long to be given to in batches: derives anew
   * whatever entries from this id on have part in, from the whole log; 0 is everything. Returns how many entries that
   * were.
   */
  rederive?(tx: Tx, from: number): Promise<number>;
  /** For one whose rows can be written down, so that the log they come from may go. */
  restores?: {
    /** Which rows of a checkpoint through an entry still are: a condition on the row, which is called `kept`. */
    which(through: number): RawBuilder<unknown>;
    /** What is left of the log before the checkpoint has rows of its own to give. */
    needsRest?: boolean;
  };
}

const LOCK_CLASS = 7203;

/** Taken shared by every ingest and exclusively by a catch-up or a rebuild of the organisation. */
async function lockProjections(
  tx: Tx,
  organisation: OrganisationId,
  mode: 'shared' | 'exclusive',
): Promise<void> {
  const take = mode === 'shared' ? sql`pg_advisory_xact_lock_shared` : sql`pg_advisory_xact_lock`;
  await sql`select ${take}(${LOCK_CLASS}, hashtext(${organisation}))`.execute(tx);
}

export interface ProjectionFailure {
  projection: string;
  error: unknown;
}

/**
 * Lets each projection take the batch under a savepoint of its own. One that fails is rolled back alone and recorded; it
 * takes no further batches until it has caught up, and never holds up the log.
 */
export async function applyProjections(
  tx: Tx,
  organisation: OrganisationId,
  projections: readonly Projection[],
  batch: readonly Logged[],
): Promise<ProjectionFailure[]> {
  const first = batch[0];
  if (!first || projections.length === 0) return [];
  await lockProjections(tx, organisation, 'shared');
  const { rows } = await sql<{ projection: string }>`select projection from projection_failures`.execute(tx);
  const behind = new Set(rows.map((row) => row.projection));
  const kinds = new Set(batch.map((entry) => entry.kind));
  const failures: ProjectionFailure[] = [];
  for (const projection of projections) {
    if (behind.has(projection.name) || !projection.takes.some((kind) => kinds.has(kind))) continue;
    await sql`savepoint projection`.execute(tx);
    try {
      await projection.apply(tx, batch);
      await sql`release savepoint projection`.execute(tx);
    } catch (error) {
      await sql`rollback to savepoint projection`.execute(tx);
      await recordFailure(tx, organisation, projection.name, first.id, error);
      failures.push({ projection: projection.name, error });
    }
  }
  return failures;
}

async function recordFailure(
  tx: Tx,
  organisation: OrganisationId,
  name: string,
  from: number,
  error: unknown,
): Promise<void> {
  await sql`
    insert into projection_failures (org_id, projection, behind_from, error, failed_at)
    values (${organisation}, ${name}, ${from}, ${String(error).slice(0, 2000)}, now())
    on conflict (org_id, projection) do update set error = excluded.error, failed_at = excluded.failed_at`.execute(
    tx,
  );
}

/** Stops every projection of the organisation until the transaction ends, for a catch-up or a rebuild. */
export const holdProjections = (tx: Tx, organisation: OrganisationId): Promise<void> =>
  lockProjections(tx, organisation, 'exclusive');
