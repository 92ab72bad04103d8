import type { OrganisationId } from '@vakhta/kernel';
import { sql } from 'kysely';
import type { Database, Tx } from '../../platform/postgres/database.ts';
import { readLog } from './log-store.ts';
import { holdProjections, type Projection } from './projection.ts';

const PAGE = 5000;

async function replay(tx: Tx, projection: Projection, from: number): Promise<number> {
  if (projection.rederive) return projection.rederive(tx, from);
  let next = from;
  let applied = 0;
  for (;;) {
    const page = await readLog(tx, { from: next, limit: PAGE });
    if (page.length > 0) await projection.apply(tx, page);
    applied += page.length;
    if (page.length < PAGE) return applied;
    next = page.at(-1)!.id + 1;
  }
}

/**
 * SHA-256 over a projection's rows as PostgreSQL prints them, in an order of their own. In 4096 parts, since a hundred
 * million rows fit into no one value.
 */
async function hashProjection(tx: Tx, projection: Projection): Promise<string> {
  const { rows } = await sql<{ hash: string }>`select ${sql.join(
    projection.tables.map(
      (table) => sql`(
        select encode(sha256(coalesce(string_agg(hash, '' order by part), '')), 'hex') from (
          select part, sha256(convert_to(string_agg(line, E'\n' order by line collate "C"), 'UTF8')) as hash
          from (
            select line, left(md5(line), 3) collate "C" as part
            from (select t::text as line from ${sql.table(table)} t) rows
          ) parted group by part
        ) parts)`,
    ),
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

/** Derives a projection's rows of one organisation anew from the log, in one transaction. */
export function rebuildProjection(
  database: Database,
  organisation: OrganisationId,
  projection: Projection,
): Promise<RebuildResult> {
  return database.tenant(organisation, async (tx) => {
    await holdProjections(tx, organisation);
    const hashBefore = await hashProjection(tx, projection);
    if (!projection.rederive)
      for (const table of projection.tables) await sql`delete from ${sql.table(table)}`.execute(tx);
    const observations = await replay(tx, projection, 0);
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
        if (rows[0]) await replay(tx, projection, rows[0].behind_from);
        return true;
      })
      .catch(() => false);
    if (done) mended.push(projection.name);
  }
  return mended;
}
