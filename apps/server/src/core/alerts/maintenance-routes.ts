import { type MaintenanceWindow, maintenanceRoutes as routes } from '@vakhta/api';
import { newId } from '@vakhta/kernel';
import { type RawBuilder, sql } from 'kysely';
import { afterName, pageByName } from '../../platform/http/cursor.ts';
import { HttpProblem, notFound } from '../../platform/http/http-problem.ts';
import type { Tx } from '../../platform/postgres/database.ts';
import type { Api } from '../access/api.ts';
import { auditedChange } from '../audit/audited-change.ts';
import { requirePlaces } from './require-places.ts';
import type { AlertRouteDeps } from './routes.ts';

export function maintenanceRoutes(api: Api, { database, clock, random, hub }: AlertRouteDeps): void {
  const change = auditedChange({ database, hub }, 'maintenance');

  const requireWindow = async (tx: Tx, id: string): Promise<MaintenanceWindow> => {
    const [window] = await selectWindows(tx, { id, limit: 1 });
    if (!window) throw notFound('maintenance window');
    return window;
  };

  api.implement(routes.listMaintenance, ({ principal, query: { limit, cursor } }) =>
    database.tenant(principal.organisation, async (tx) =>
      pageByName(await selectWindows(tx, { limit: limit + 1, ...afterName(cursor) }), limit),
    ),
  );

  api.implement(routes.createMaintenance, ({ principal, body }) => {
    const id = newId({ clock, random });
    return change(principal, 'maintenance.created', id, async (tx) => {
      await requirePlaces(tx, body);
      await sql`
        insert into maintenance_windows (id, org_id, name, starts_at, ends_at, site_id, group_id, agent_id)
        values (${id}, ${principal.organisation}, ${body.name}, ${body.from}, ${body.until}, ${body.site}, ${body.group},
          ${body.agent})`.execute(tx);
      return { answer: await requireWindow(tx, id), detail: body };
    });
  });

  api.implement(routes.changeMaintenance, ({ principal, params, body }) =>
    change(principal, 'maintenance.changed', params.window, async (tx) => {
      const window = await requireWindow(tx, params.window);
      const { name = window.name, until = window.until } = body;
      if (Date.parse(until) < Date.parse(window.from))
        throw new HttpProblem('invalid_field', 'until: must be after the start', {
          field: 'until',
          rule: 'minimum',
        });
      await sql`update maintenance_windows set name = ${name}, ends_at = ${until} where id = ${params.window}`.execute(
        tx,
      );
      return { answer: await requireWindow(tx, params.window), detail: { ...body } };
    }),
  );

  api.implement(routes.removeMaintenance, ({ principal, params }) =>
    change(principal, 'maintenance.removed', params.window, async (tx) => {
      const { name } = await requireWindow(tx, params.window);
      await sql`delete from maintenance_windows where id = ${params.window}`.execute(tx);
      return { answer: undefined, detail: { name } };
    }),
  );
}

async function selectWindows(
  tx: Tx,
  filter: { id?: string; after?: { name: string; id: string }; limit: number },
): Promise<MaintenanceWindow[]> {
  const conditions: RawBuilder<unknown>[] = [sql`true`];
  if (filter.id) conditions.push(sql`id = ${filter.id}`);
  if (filter.after) conditions.push(sql`(name, id) > (${filter.after.name}, ${filter.after.id}::uuid)`);
  const { rows } = await sql<Omit<MaintenanceWindow, 'from' | 'until'> & { starts_at: Date; ends_at: Date }>`
    select id, name, starts_at, ends_at, site_id as site, group_id as "group", agent_id as agent
    from maintenance_windows where ${sql.join(conditions, sql` and `)}
    order by name, id limit ${filter.limit}`.execute(tx);
  return rows.map(({ starts_at, ends_at, ...row }) => ({
    ...row,
    from: starts_at.toISOString(),
    until: ends_at.toISOString(),
  }));
}
