import { type OrganisationId, UsageError } from '@vakhta/kernel';
import { coreProjections } from '../core/core.ts';
import { type RebuildResult, rebuildProjection } from '../core/ingest/rebuild.ts';
import { rebuildHalls } from '../domains/casino/rebuild-halls.ts';
import { withDesk } from './desk.ts';

/** Derives a projection's rows anew from the log, in every organisation; the casino's from the journals of its halls. */
export function rebuild(name: string): Promise<RebuildResult[]> {
  if (name === 'casino') return withDesk(({ database }) => rebuildHalls(database));
  const projection = coreProjections.find((one) => one.name === name);
  if (!projection)
    throw new UsageError(
      'rebuild.unknown',
      `there is no projection '${name}'; there are: ${[...coreProjections.map((one) => one.name), 'casino'].join(', ')}`,
    );
  return withDesk(async ({ database }) => {
    const organisations = await database.system((tx) =>
      tx.selectFrom('organisations').select('org_id').orderBy('org_id').execute(),
    );
    const results: RebuildResult[] = [];
    for (const { org_id } of organisations)
      results.push(await rebuildProjection(database, org_id as OrganisationId, projection));
    return results;
  });
}
