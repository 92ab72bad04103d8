import { type Group, groupRoutes as routes } from '@vakhta/api';
import { type Clock, type Json, newId, type Random } from '@vakhta/kernel';
import { cursorOf, parseCursor } from '../../platform/http/cursor.ts';
import { notFound } from '../../platform/http/http-problem.ts';
import type { Database, Tx } from '../../platform/postgres/database.ts';
import type { Api } from '../access/api.ts';
import type { Principal } from '../access/principal.ts';
import { recordAudit } from '../audit/audit.ts';
import type { LiveHub } from '../live/hub.ts';
import { selectGroups, setThings } from './group-store.ts';

export interface GroupRouteDeps {
  database: Database;
  clock: Clock;
  random: Random;
  hub: Pick<LiveHub, 'publish'>;
}

export function groupRoutes(api: Api, { database, clock, random, hub }: GroupRouteDeps): void {
  /** One change to a group: audited with it, told to panels once committed. */
  const change = async <T>(
    { organisation, member }: Principal,
    action: string,
    group: string,
    work: (tx: Tx) => Promise<{ answer: T; detail?: Json }>,
  ): Promise<T> => {
    const answer = await database.tenant(organisation, async (tx) => {
      const done = await work(tx);
      await recordAudit(tx, {
        organisation,
        actor: { kind: 'member', id: member },
        action,
        subject: { kind: 'group', id: group },
        ...(done.detail !== undefined && { detail: done.detail }),
      });
      return done.answer;
    });
    hub.publish(organisation, { type: 'changed', what: 'groups' });
    return answer;
  };

  const requireGroup = async (tx: Tx, id: string): Promise<Group> => {
    const [group] = await selectGroups(tx, { id, limit: 1 });
    if (!group) throw notFound('group');
    return group;
  };

  api.implement(routes.listGroups, ({ principal, query }) =>
    database.tenant(principal.organisation, async (tx) => {
      const [name, id] = query.cursor ? parseCursor(query.cursor, 2) : [];
      const rows = await selectGroups(tx, {
        limit: query.limit + 1,
        ...(name !== undefined && id !== undefined && { after: { name, id } }),
      });
      const items = rows.slice(0, query.limit);
      const last = items.at(-1);
      return { items, next: rows.length > query.limit && last ? cursorOf(last.name, last.id) : null };
    }),
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
