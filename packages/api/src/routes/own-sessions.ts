import * as z from 'zod';
import { Id, Time } from '../fields.ts';
import { pageOf } from '../page.ts';
import { route } from '../route.ts';

/** One browser in which a person is signed in. */
export const OwnSession = z.object({
  id: Id,
  current: z.boolean().describe('The one that asks.'),
  device: z.string().describe('What the browser said of itself (User-Agent) when it was signed in.'),
  address: z.string().describe('The address it was signed in from.'),
  startedAt: Time,
  lastUsedAt: Time.describe('To the minute.'),
});
export type OwnSession = z.infer<typeof OwnSession>;

/** Where one is signed in. An API token has no say in it. */
export const ownSessionRoutes = {
  listOwnSessions: route({
    method: 'GET',
    path: '/account/sessions',
    summary: 'Where you are signed in, latest used first',
    access: 'session',
    response: pageOf(OwnSession),
  }),
  endOwnSession: route({
    method: 'DELETE',
    path: '/account/sessions/{session}',
    summary: 'End a session of yours; it is dead at once, its live socket too',
    access: 'session',
    status: 204,
    params: z.object({ session: Id }),
  }),
  endOtherSessions: route({
    method: 'DELETE',
    path: '/account/sessions',
    summary: 'End every session of yours but this one',
    access: 'session',
    status: 204,
  }),
} as const;
