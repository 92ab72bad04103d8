import * as z from 'zod';
import { Id, Time } from '../fields.ts';
import { PageQuery, pageOf } from '../page.ts';
import { PersonalData, route } from '../route.ts';

/** Somebody looked at data of people, within one hour. */
export const DataAccess = z.object({
  member: z.object({ id: Id, name: z.string().nullable() }),
  what: PersonalData,
  via: z.enum(['session', 'token']),
  hour: Time.describe('When the hour began.'),
  lastAt: Time,
  times: z.number().int(),
});
export type DataAccess = z.infer<typeof DataAccess>;

export const dataAccessRoutes = {
  listDataAccess: route({
    method: 'GET',
    path: '/data-access',
    summary: 'Who looked at data of people in this organisation in the last half a year, newest first',
    access: 'session',
    query: PageQuery,
    response: pageOf(DataAccess),
  }),
} as const;
