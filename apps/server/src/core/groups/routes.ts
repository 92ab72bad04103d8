import { type Group, groupRoutes as routes } from '@vakhta/api';
import { type Clock, newId, type Random } from '@vakhta/kernel';
import { afterName, pageByName } from '../../platform/http/cursor.ts';
import { notFound } from '../../platform/http/http-problem.ts';
import type { Database, Tx } from '../../platform/postgres/database.ts';
import type { Api } from '../access/api.ts';
import { auditedChange } from '../audit/audited-change.ts';
import type { LiveHub } from '../live/hub.ts';
import { selectGroups, setThings } from './group-store.ts';

export interface GroupRouteDeps {
  database: Database;
  clock: Clock;
  random: Random;
  hub: Pick<LiveHub, 'publish'>;
}

export function groupRoutes(api: Api, { database, clock, random, hub }: GroupRouteDeps): void {
  const change = auditedChange({ database, hub }, 'group');

  const requireGroup = async (tx: Tx, id: string): Promise<Group> => {
    const [group] = await selectGroups(tx, { id, limit: 1 });
    if (!group) throw notFound('group');
    return group;
  };

  api.implement(routes.listGroups, ({ principal, query: { limit, cursor } }) =>
    database.tenant(principal.organisation, async (tx) =>
      pageByName(await selectGroups(tx, { limit: limit + 1, ...afterName(cursor) }), limit),
    ),
  );

  api.implement(routes.createGroup, ({ principal, body }) => {
    const id = newId({ clock, random });
    return change(principal, 'group.created', id, async (tx) => {
      await tx.insertInto('groups').values({ id, org_id: principal.organisation, name: body.name }).execute();
      await setThings(tx, principal.organisation, id, body.things);
      return { answer: await requireGroup(tx, id), detail: body };
    });
  });

  api.implement(routes.changeGroup, ({ principal, params, body }) =>
    change(principal, 'group.changed', params.group, async (tx) => {
      await requireGroup(tx, params.group);
      if (body.name !== undefined)
        await tx.updateTable('groups').set({ name: body.name }).where('id', '=', params.group).execute();
      if (body.things !== undefined) await setThings(tx, principal.organisation, params.group, body.things);
      return { answer: await requireGroup(tx, params.group), detail: { ...body } };
    }),
  );

  api.implement(routes.removeGroup, ({ principal, params }) =>
    change(principal, 'group.removed', params.group, async (tx) => {
      const { name } = await requireGroup(tx, params.group);
      await tx.deleteFrom('groups').where('id', '=', params.group).execute();
      return { answer: undefined, detail: { name } };
    }),
  );
}
