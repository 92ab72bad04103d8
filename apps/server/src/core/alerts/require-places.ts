import { sql } from 'kysely';
import { HttpProblem } from '../../platform/http/http-problem.ts';
import type { Tx } from '../../platform/postgres/database.ts';

const tables = { site: 'sites', group: 'groups', agent: 'agents' } as const;

/**
 * Refuses what is limited to a place that is not of this organisation. A foreign key alone is checked past row-level
 * security.
 */
export async function requirePlaces(
  tx: Tx,
  places: {
    site?: string | null | undefined;
    group?: string | null | undefined;
    agent?: string | null | undefined;
  },
): Promise<void> {
  for (const field of ['site', 'group', 'agent'] as const) {
    const id = places[field];
    if (id === null || id === undefined) continue;
    const { rows } = await sql`select from ${sql.table(tables[field])} where id = ${id}`.execute(tx);
    if (!rows[0])
      throw new HttpProblem('unprocessable', `${field}: there is no such ${field}`, {
        field,
        rule: 'exists',
      });
  }
}
