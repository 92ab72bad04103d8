import type { Site } from '@vakhta/api';
import { sql } from 'kysely';
import type { Tx } from '../../platform/postgres/database.ts';

/** Sites by name, with how much each holds. */
export function selectSites(
  tx: Tx,
  filter: { id?: string; after?: { name: string; id: string }; limit: number },
): Promise<Site[]> {
  const { id, after, limit } = filter;
  return tx
    .selectFrom('sites')
    .select((eb) => [
      'id',
      'name',
      'time_zone as timeZone',
      eb
        .selectFrom('things')
        .whereRef('things.site_id', '=', 'sites.id')
        .select((thing) => thing.fn.countAll<number>().as('count'))
        .$asScalar()
        .$notNull()
        .as('things'),
      eb
        .selectFrom('agents')
        .whereRef('agents.site_id', '=', 'sites.id')
        .select((agent) => agent.fn.countAll<number>().as('count'))
        .$asScalar()
        .$notNull()
        .as('agents'),
    ])
    .$if(id !== undefined, (query) => query.where('id', '=', id!))
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(name, id) > (${after?.name}, ${after?.id}::uuid)`),
    )
    .orderBy('name')
    .orderBy('id')
    .limit(limit)
    .execute();
}
