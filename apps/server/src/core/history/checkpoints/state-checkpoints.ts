import type { OrganisationId } from '@vakhta/kernel';
import { sql } from 'kysely';
import type { Tx } from '../../../platform/postgres/database.ts';
import type { Projection } from '../../ingest/projection.ts';
import { deriveCheckpoint } from './derive-checkpoint.ts';

/**
 * The whole state at some instants of the past, so that the state at any other is near one of them. A job writes them;
 * what is taken from a batch are facts that came late: an agent that was cut off tells of a time that checkpoints have
 * passed already. Their rows are marked, and the job derives them anew.
 */
export const stateCheckpoints: Projection = {
  name: 'state-checkpoints',
  // At which instants there are checkpoints is not derived: it is where the job happened to make them.
  tables: ['checkpoint_states'],
  takes: ['property', 'presence'],
  async apply(tx, batch) {
    const rows = batch.filter(
      ({ kind, thing }) => thing !== null && (kind === 'property' || kind === 'presence'),
    );
    const first = rows[0];
    if (!first) return;
    // A fact changes nothing where the next checkpoint knows a later one of the same name: a clock that was set to 1970
    // must not have the whole past derived anew.
    await sql`
      with newest as (select max(at) as at from state_checkpoints),
      late as (
        select given.thing_id, min(passed.at) as since from unnest(
          ${rows.map((row) => row.thing)}::uuid[],
          ${rows.map((row) => row.kind)}::text[],
          ${rows.map((row) => row.name)}::text[],
          ${rows.map((row) => new Date(row.at).toISOString())}::timestamptz[]
        ) as given (thing_id, kind, name, at)
        join newest on newest.at >= given.at
        cross join lateral (
          select at from state_checkpoints where at >= given.at order by at limit 1
        ) passed
        left join checkpoint_states known on known.at = passed.at and known.thing_id = given.thing_id
        where coalesce(
          (case given.kind when 'presence' then known.presence else known.states -> given.name end ->> 1)::bigint,
          0) <= extract(epoch from given.at) * 1000
        group by given.thing_id
      )
      insert into checkpoint_states as kept (org_id, at, thing_id, states, stale)
      select ${first.organisation}::uuid, passed.at, late.thing_id, '{}', true
      from late join state_checkpoints passed on passed.at >= late.since
      left join checkpoint_states known on known.at = passed.at and known.thing_id = late.thing_id
      where known.stale is distinct from true
      order by late.thing_id, passed.at
      on conflict (org_id, at, thing_id) do update set stale = true`.execute(tx);
  },
  async rederive(tx) {
    const { rows } = await sql<{ org_id: OrganisationId; at: Date }>`
      select org_id, at from state_checkpoints order by at`.execute(tx);
    await sql`delete from checkpoint_states`.execute(tx);
    let previous: Date | null = null;
    for (const { org_id: organisation, at } of rows) {
      await deriveCheckpoint(tx, { organisation, at, previous });
      previous = at;
    }
    return countSaid(tx, previous);
  },
};

async function countSaid(tx: Tx, until: Date | null): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from log where kind in ('property', 'presence') and at <= ${until}`.execute(tx);
  return rows[0]?.count ?? 0;
}
