import * as z from 'zod';
import { Id, Name } from '../fields.ts';
import { PageQuery, pageOf } from '../page.ts';
import { route } from '../route.ts';

export const Site = z.object({
  id: Id,
  name: z.string(),
  timeZone: z.string().describe('IANA name, the zone its people live in.'),
  things: z.number().int(),
  agents: z.number().int(),
});
export type Site = z.infer<typeof Site>;

const TimeZone = z.string().refine(isTimeZone, 'must be an IANA time zone');

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

const params = z.object({ site: Id });

export const siteRoutes = {
  listSites: route({
    method: 'GET',
    path: '/sites',
    summary: 'Sites with what they hold',
    access: 'things.view',
    query: PageQuery,
    response: pageOf(Site),
  }),
  createSite: route({
    method: 'POST',
    path: '/sites',
    summary: 'Add a site',
    access: 'sites.manage',
    status: 201,
    body: z.strictObject({ name: Name, timeZone: TimeZone.default('Europe/Minsk') }),
    response: Site,
  }),
  changeSite: route({
    method: 'PATCH',
    path: '/sites/{site}',
    summary: 'Change a site',
    access: 'sites.manage',
    params,
    body: z.strictObject({ name: Name.optional(), timeZone: TimeZone.optional() }),
    response: Site,
  }),
  removeSite: route({
    method: 'DELETE',
    path: '/sites/{site}',
    summary: 'Remove a site that holds nothing',
    access: 'sites.manage',
    status: 204,
    params,
  }),
} as const;
