import type { Group } from '@vakhta/api';
import { sql } from 'kysely';
import { HttpProblem } from '../../platform/http/http-problem.ts';
import type { Tx } from '../../platform/postgres/database.ts';

/** Groups by name, each with the ids of its things. */
export function selectGroups(
  tx: Tx,
  filter: { id?: string; after?: { name: string; id: string }; limit: number },
): Promise<Group[]> {
  const { id, after, limit } = filter;
  return tx
    .selectFrom('groups')
    .select([
      'id',
      'name',
      sql<
        string[]
      >`array(select thing_id::text from group_things where group_id = groups.id order by thing_id)`.as(
        'things',
      ),
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

/**
 * Makes these the things of a group. They are looked up as the tenant first: a foreign key is checked past row-level
 * security, and would take a thing of another organisation.
 */
export async function setThings(
  tx: Tx,
  organisation: string,
  group: string,
  things: readonly string[],
): Promise<void> {
  const wanted = [...new Set(things)];
  await tx.deleteFrom('group_things').where('group_id', '=', group).execute();
  if (wanted.length === 0) return;
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('group_things')
    .columns(['org_id', 'group_id', 'thing_id'])
    .expression((eb) =>
      eb
        .selectFrom('things')
        .where('id', 'in', wanted)
        .select([
          sql<string>`${organisation}::uuid`.as('org_id'),
          sql<string>`${group}::uuid`.as('group_id'),
          'id as thing_id',
        ]),
    )
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows !== BigInt(wanted.length))
    throw new HttpProblem('unprocessable', 'things: not all of these are things of this organisation', {
      field: 'things',
      rule: 'exists',
    });
}
