import { type Clock, type Instant, minutes, type OrganisationId } from '@vakhta/kernel';
import { sql } from 'kysely';
import type { Database, Tx } from '../../../platform/postgres/database.ts';
import { holdProjections } from '../../ingest/projection.ts';
import { countStates, deriveCheckpoint } from './derive-checkpoint.ts';

/** A state is read from a checkpoint and at most about this many facts after it. */
const FACTS_BETWEEN = 10_000;
/** A checkpoint is made of what is this old: most of what was on its way has come. */
const SETTLED = minutes(1);

export interface CheckpointWork {
  made: number;
  renewed: number;
}

/**
 * Makes the checkpoints that are due, and derives anew the rows that late facts have changed. Ingest of an organisation
 * waits for the length of one step.
 */
export async function keepCheckpoints(
  database: Database,
  clock: Clock,
  /** Facts between two checkpoints, where there are not more states. */
  spacing = FACTS_BETWEEN,
): Promise<CheckpointWork> {
  const organisations = await database.system(async (tx) => {
    const { rows } = await sql<{ org_id: OrganisationId }>`select org_id from organisations`.execute(tx);
    return rows.map((row) => row.org_id);
  });
  const work: CheckpointWork = { made: 0, renewed: 0 };
  for (const organisation of organisations) {
    for (;;) {
      const step = await database.tenant(organisation, (tx) => takeStep(tx, organisation, clock, spacing));
      if (!step) break;
      work[step] += 1;
    }
  }
  return work;
}

async function takeStep(
  tx: Tx,
  organisation: OrganisationId,
  clock: Clock,
  spacing: number,
): Promise<'made' | 'renewed' | undefined> {
  const until = clock.now() - SETTLED;
  // Looked at first without holding anybody up; what is found may be gone once the lock is taken.
  if (!(await firstStale(tx)) && !(await nextDue(tx, until, spacing))) return undefined;
  await holdProjections(tx, organisation);
  const stale = await firstStale(tx);
  if (stale) {
    await renew(tx, organisation, stale);
    return 'renewed';
  }
  const due = await nextDue(tx, until, spacing);
  if (!due) return undefined;
  const { at, previous } = due;
  await sql`insert into state_checkpoints (org_id, at, states) values (${organisation}, ${at}, 0)`.execute(
    tx,
  );
  await deriveCheckpoint(tx, { organisation, at, previous });
  await sql`update state_checkpoints set states = ${await countStates(tx, at)} where at = ${at}`.execute(tx);
  return 'made';
}

/** The earliest checkpoint with rows to be derived anew: those after it build on it. */
async function firstStale(tx: Tx): Promise<Date | undefined> {
  const { rows } = await sql<{ at: Date }>`
    select at from checkpoint_states where stale order by at limit 1`.execute(tx);
  return rows[0]?.at;
}

async function renew(tx: Tx, organisation: OrganisationId, at: Date): Promise<void> {
  const { rows } = await sql<{ thing_id: string }>`
    delete from checkpoint_states where at = ${at} and stale returning thing_id`.execute(tx);
  const { rows: earlier } = await sql<{ at: Date | null }>`
    select max(at) as at from state_checkpoints where at < ${at}`.execute(tx);
  const things = rows.map((row) => row.thing_id);
  await deriveCheckpoint(tx, { organisation, at, previous: earlier[0]?.at ?? null, things });
}

/** Where the next checkpoint belongs, once enough was said since the last; nothing before that. */
async function nextDue(
  tx: Tx,
  until: Instant,
  spacing: number,
): Promise<{ at: Date; previous: Date | null } | undefined> {
  const { rows: last } = await sql<{ at: Date; states: number }>`
    select at, states from state_checkpoints order by at desc limit 1`.execute(tx);
  const previous = last[0]?.at ?? null;
  // With more states than facts between them, checkpoints would outgrow the log itself.
  const facts = Math.max(spacing, last[0]?.states ?? 0);
  const { rows } = await sql<{ at: Date }>`
    select at from log
    where org_id = current_organisation() and kind in ('property', 'presence') and at <= ${new Date(until)}
      and ${previous ? sql`at > ${previous}` : sql`true`}
    order by at offset ${facts - 1} limit 1`.execute(tx);
  return rows[0] && { at: rows[0].at, previous };
}
