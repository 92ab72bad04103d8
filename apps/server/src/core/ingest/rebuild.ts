import type { OrganisationId } from '@vakhta/kernel';
import { sql } from 'kysely';
import type { Database, Tx } from '../../platform/postgres/database.ts';
import { holdProjections, type Projection } from './projection.ts';
import { deriveRows, replay } from './projection-checkpoint.ts';
import { hashOfLines } from './row-hash.ts';

/** SHA-256 over a projection's rows, as PostgreSQL prints them. */
async function hashProjection(tx: Tx, projection: Projection): Promise<string> {
  const { rows } = await sql<{ hash: string }>`select ${sql.join(
    projection.tables.map((table) => hashOfLines(sql`select t::text as line from ${sql.table(table)} t`)),
    sql` || `,
  )} as hash`.execute(tx);
  return rows[0]!.hash;
}

export interface RebuildResult {
  organisation: OrganisationId;
  projection: string;
  observations: number;
  hashBefore: string;
  hashAfter: string;
}

async function deriveAnew(tx: Tx, projection: Projection): Promise<number> {
  if (projection.rederive) return projection.rederive(tx, 0);
  for (const table of projection.tables) await sql`delete from ${sql.table(table)}`.execute(tx);
  return deriveRows(tx, projection);
}

/** Derives a projection's rows of one organisation anew from the log, in one transaction. */
export function rebuildProjection(
  database: Database,
  organisation: OrganisationId,
  projection: Projection,
): Promise<RebuildResult> {
  return database.tenant(organisation, async (tx) => {
    await holdProjections(tx, organisation);
    const hashBefore = await hashProjection(tx, projection);
    const observations = await deriveAnew(tx, projection);
    await sql`delete from projection_failures where projection = ${projection.name}`.execute(tx);
    return {
      organisation,
      projection: projection.name,
      observations,
      hashBefore,
      hashAfter: await hashProjection(tx, projection),
    };
  });
}

/** The organisations in which some projection has failed and not caught up. */
export function organisationsBehind(database: Database): Promise<OrganisationId[]> {
  return database.system(async (tx) => {
    const { rows } = await sql<{
      org_id: OrganisationId;
    }>`select distinct org_id from projection_failures`.execute(tx);
    return rows.map((row) => row.org_id);
  });
}

/**
 * Brings projections that failed up to the log's end, each in a transaction of its own; one that fails again stays
 * where it was. Returns the names of those that caught up.
 */
export async function catchUp(
  database: Database,
  organisation: OrganisationId,
  projections: readonly Projection[],
): Promise<string[]> {
  const failures = await database.tenant(organisation, async (tx) => {
    const { rows } = await sql<{ projection: string }>`select projection from projection_failures`.execute(
      tx,
    );
    return rows.map((row) => row.projection);
  });
  const mended: string[] = [];
  for (const projection of projections.filter(({ name }) => failures.includes(name))) {
    const done = await database
      .tenant(organisation, async (tx) => {
        await holdProjections(tx, organisation);
        const { rows } = await sql<{ behind_from: number }>`
          delete from projection_failures where projection = ${projection.name} returning behind_from`.execute(
          tx,
        );
        const from = rows[0]?.behind_from;
        if (from !== undefined) await (projection.rederive?.(tx, from) ?? replay(tx, projection, { from }));
        return true;
      })
      .catch(() => false);
    if (done) mended.push(projection.name);
  }
  return mended;
}
