import type { OrganisationId } from '@vakhta/kernel';
import type { RebuildResult } from '../../core/ingest/rebuild.ts';
import type { Database } from '../../platform/postgres/database.ts';
import { rebuildHall } from './facts/journal.ts';

/** Derives everything of every hall anew from its journal, hall by hall. */
export async function rebuildHalls(database: Database): Promise<RebuildResult[]> {
  const halls = await database.system((tx) =>
    tx.selectFrom('casino_halls').select(['org_id', 'hall_id']).orderBy('hall_id').execute(),
  );
  const results: RebuildResult[] = [];
  for (const { org_id, hall_id } of halls) {
    const { facts, ...hashes } = await database.system((tx) =>
      rebuildHall({ tx, organisation: org_id, hall: hall_id }),
    );
    results.push({
      organisation: org_id as OrganisationId,
      projection: 'casino',
      observations: facts,
      ...hashes,
    });
  }
  return results;
}
