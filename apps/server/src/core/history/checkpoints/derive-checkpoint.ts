import type { OrganisationId } from '@vakhta/kernel';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../../platform/postgres/database.ts';

/**
 * The last that was said of each property, and of the presence, of things in a span of the log, as a checkpoint holds it:
 * what was said, and when. What came later into the log counts where two were said of the same moment.
 */
export const lastSaid = (where: RawBuilder<unknown>) => sql`
  select thing_id, kind, name,
         jsonb_build_array(coalesce(data, 'null'), (extract(epoch from at) * 1000)::bigint) as state
  from (
    select distinct on (thing_id, kind, name collate "C") thing_id, kind, name, data, at from log
    where kind in ('property', 'presence') and thing_id is not null and ${where}
    order by thing_id, kind, name collate "C", at desc, id desc
  ) last`;

export interface CheckpointPlace {
  organisation: OrganisationId;
  at: Date;
  /** The checkpoint before it, with nothing stale in it; null for the first. */
  previous: Date | null;
  /** Those whose rows are to be written; all where absent. Nothing is written over. */
  things?: readonly string[];
}

/** Writes a checkpoint's rows: those of the checkpoint before it, with what the log says came between. */
export async function deriveCheckpoint(tx: Tx, place: CheckpointPlace): Promise<void> {
  const { organisation, at, previous, things } = place;
  const chosen = things ? sql`thing_id = any(${things}::uuid[])` : sql`true`;
  const since = previous ? sql`at > ${previous}` : sql`true`;
  await sql`
    with fresh as (
      select thing_id,
             coalesce(jsonb_object_agg(name, state) filter (where kind = 'property'), '{}') as states,
             (array_agg(state) filter (where kind = 'presence'))[1] as presence
      from (${lastSaid(sql`org_id = ${organisation} and ${since} and at <= ${at} and ${chosen}`)}) said
      group by thing_id
    ), before as (
      select thing_id, states, presence from checkpoint_states where at = ${previous} and ${chosen}
    )
    insert into checkpoint_states (org_id, at, thing_id, presence, states)
    select ${organisation}::uuid, ${at}::timestamptz, thing_id, coalesce(fresh.presence, before.presence),
           coalesce(before.states, '{}') || coalesce(fresh.states, '{}')
    from fresh full join before using (thing_id)`.execute(tx);
}

/** How many states a checkpoint holds. */
export async function countStates(tx: Tx, at: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select coalesce(sum((select count(*) from jsonb_object_keys(states))), 0)::bigint as count
    from checkpoint_states where at = ${at}`.execute(tx);
  return rows[0]?.count ?? 0;
}
