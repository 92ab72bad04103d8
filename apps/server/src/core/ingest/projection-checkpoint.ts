import { AppError, type Clock, type OrganisationId } from '@vakhta/kernel';
import { sql } from 'kysely';
import type { Database, Tx } from '../../platform/postgres/database.ts';
import { readLog } from './log-store.ts';
import type { Projection } from './projection.ts';
import { hashOfLines } from './row-hash.ts';

const PAGE = 5000;

/** Applies the entries with ids from `from` to `to`, both included; returns how many those were. */
export async function replay(
  tx: Tx,
  projection: Projection,
  { from, to }: { from: number; to?: number },
): Promise<number> {
  let next = from;
  let applied = 0;
  for (;;) {
    const page = await readLog(tx, { from: next, ...(to !== undefined && { to }), limit: PAGE });
    if (page.length > 0) await projection.apply(tx, page);
    applied += page.length;
    if (page.length < PAGE) return applied;
    next = page.at(-1)!.id + 1;
  }
}

/**
 * Fills a projection's tables, which must be empty, with what the log says up to an entry, or to its end: from its
 * checkpoint where there is one, since the log before it may be gone. Returns how many entries were applied.
 */
export async function deriveRows(tx: Tx, projection: Projection, to?: number): Promise<number> {
  const checkpoint = await readCheckpoint(tx, projection);
  if (!checkpoint) return replay(tx, projection, { from: 0, ...(to !== undefined && { to }) });
  const { through } = checkpoint;
  let applied = 0;
  if (projection.restores?.needsRest) applied += await replay(tx, projection, { from: 0, to: through });
  await load(tx, projection, through);
  applied += await replay(tx, projection, { from: through + 1, ...(to !== undefined && { to }) });
  return applied;
}

/**
 * Writes down a projection's rows as the log up to an entry gives them. Derived beside the real ones, in tables of the
 * transaction's own by the same names: nobody waits for it.
 */
export async function makeCheckpoint(
  { database, clock }: { database: Database; clock: Clock },
  organisation: OrganisationId,
  projection: Projection,
  through: number,
): Promise<void> {
  await database.tenant(organisation, async (tx) => {
    const before = await readCheckpoint(tx, projection);
    if (before && before.through >= through) return;
    for (const table of projection.tables)
      await sql`create temporary table ${sql.id(table)} (like ${sql.id('public', table)} including all)
                on commit drop`.execute(tx);
    await deriveRows(tx, projection, through);
    await sql`delete from projection_checkpoints where projection = ${projection.name}`.execute(tx);
    await sql`insert into projection_checkpoints (org_id, projection, through, hash, made_at)
              values (${organisation}, ${projection.name}, ${through}, '', ${new Date(clock.now())})`.execute(
      tx,
    );
    for (const table of projection.tables)
      await sql`insert into projection_checkpoint_rows (org_id, projection, table_name, row)
                select ${organisation}::uuid, ${projection.name}, ${table}, to_jsonb(t)
                from ${sql.id(table)} t`.execute(tx);
    await sql`update projection_checkpoints set hash = ${hashOfCheckpoint(projection)}
              where projection = ${projection.name}`.execute(tx);
  });
}

const hashOfCheckpoint = ({ name }: Projection) =>
  hashOfLines(
    sql`select table_name || row::text as line from projection_checkpoint_rows where projection = ${name}`,
  );

/** Throws `rebuild.checkpoint_damaged` where its rows are no longer those that were written. */
async function readCheckpoint(tx: Tx, projection: Projection): Promise<{ through: number } | undefined> {
  if (!projection.restores) return undefined;
  const { rows } = await sql<{ through: number; whole: boolean }>`
    select through, hash = ${hashOfCheckpoint(projection)} as whole
    from projection_checkpoints where projection = ${projection.name}`.execute(tx);
  const checkpoint = rows[0];
  if (checkpoint && !checkpoint.whole)
    throw new AppError(
      'rebuild.checkpoint_damaged',
      `the checkpoint of ${projection.name} is not what was written: restore projection_checkpoint_rows from a backup`,
    );
  return checkpoint;
}

/** Puts the checkpoint's rows in place, but for those of what is gone since. */
async function load(tx: Tx, projection: Projection, through: number): Promise<void> {
  const { restores, name } = projection;
  if (!restores) return;
  for (const table of projection.tables) {
    const { rows } = await sql<{ name: string }>`
      select attname as name from pg_attribute
      where attrelid = ${`public.${table}`}::regclass and attnum > 0 and not attisdropped and attgenerated = ''
      order by attnum`.execute(tx);
    const columns = sql.join(rows.map((column) => sql.id(column.name)));
    const which = restores.which(through);
    await sql`delete from ${sql.id(table)} kept where ${which}`.execute(tx);
    await sql`
      insert into ${sql.id(table)} (${columns})
      select ${columns} from (
        select kept.* from projection_checkpoint_rows said,
               jsonb_populate_record(null::${sql.id('public', table)}, said.row) kept
        where said.projection = ${name} and said.table_name = ${table}
      ) kept where ${which}`.execute(tx);
  }
}
