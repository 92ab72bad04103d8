import * as z from 'zod';
import { Id, Name } from '../fields.ts';
import { PageQuery, pageOf } from '../page.ts';
import { route } from '../route.ts';

export const Group = z.object({ id: Id, name: z.string(), things: z.array(Id) });
export type Group = z.infer<typeof Group>;

const params = z.object({ group: Id });

export const groupRoutes = {
  listGroups: route({
    method: 'GET',
    path: '/groups',
    summary: 'Groups with their things',
    access: 'things.view',
    query: PageQuery,
    response: pageOf(Group),
  }),
  createGroup: route({
    method: 'POST',
    path: '/groups',
    summary: 'Add a group',
    access: 'sites.manage',
    status: 201,
    body: z.strictObject({ name: Name, things: z.array(Id).default([]) }),
    response: Group,
  }),
  changeGroup: route({
    method: 'PATCH',
    path: '/groups/{group}',
    summary: 'Rename a group or set its things',
    access: 'sites.manage',
    params,
    body: z.strictObject({ name: Name.optional(), things: z.array(Id).optional() }),
    response: Group,
  }),
  removeGroup: route({
    method: 'DELETE',
    path: '/groups/{group}',
    summary: 'Remove a group; its things stay',
    access: 'sites.manage',
    status: 204,
    params,
  }),
} as const;
