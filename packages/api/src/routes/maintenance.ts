import * as z from 'zod';
import { Id, Name, Time } from '../fields.ts';
import { PageQuery, pageOf } from '../page.ts';
import { route } from '../route.ts';

/** A time in which nobody is told of a place, a group or an agent: people are at work there. */
export const MaintenanceWindow = z.object({
  id: Id,
  name: z.string(),
  from: Time,
  until: Time,
  site: Id.nullable().describe('At most one of the three is set; none of them means everywhere.'),
  group: Id.nullable(),
  agent: Id.nullable(),
});
export type MaintenanceWindow = z.infer<typeof MaintenanceWindow>;

const params = z.object({ window: Id });

export const maintenanceRoutes = {
  listMaintenance: route({
    method: 'GET',
    path: '/maintenance',
    summary: 'Maintenance windows, by name',
    access: 'alerts.view',
    query: PageQuery,
    response: pageOf(MaintenanceWindow),
  }),
  createMaintenance: route({
    method: 'POST',
    path: '/maintenance',
    summary: 'Tell nobody of a place for a while',
    access: 'alerts.manage',
    status: 201,
    body: z
      .strictObject({
        name: Name,
        from: Time,
        until: Time,
        site: Id.nullable().default(null),
        group: Id.nullable().default(null),
        agent: Id.nullable().default(null),
      })
      .refine(({ from, until }) => Date.parse(until) > Date.parse(from), {
        path: ['until'],
        message: 'must be after the start',
      })
      .refine(({ site, group, agent }) => [site, group, agent].filter((id) => id !== null).length <= 1, {
        path: ['site'],
        message: 'give a site, a group or an agent, not several',
      }),
    response: MaintenanceWindow,
  }),
  changeMaintenance: route({
    method: 'PATCH',
    path: '/maintenance/{window}',
    summary: 'Rename a window or move its end, to now for one that is done',
    access: 'alerts.manage',
    params,
    body: z.strictObject({ name: Name.optional(), until: Time.optional() }),
    response: MaintenanceWindow,
  }),
  removeMaintenance: route({
    method: 'DELETE',
    path: '/maintenance/{window}',
    summary: 'Remove a window',
    access: 'alerts.manage',
    status: 204,
    params,
  }),
} as const;
