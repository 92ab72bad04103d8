import * as z from 'zod';
import { Id, Time } from '../fields.ts';
import { PageQuery, pageOf } from '../page.ts';
import { route } from '../route.ts';

/** Somebody came in as this person, or tried to. */
export const SignIn = z.object({
  id: Id,
  at: Time,
  outcome: z.enum(['let_in', 'refused', 'locked_out']),
  by: z
    .enum(['password', 'code', 'passkey'])
    .nullable()
    .describe("'code' is the password and a second factor; null where nobody was let in."),
  device: z.string().describe('What the browser said of itself (User-Agent).'),
  address: z.string(),
});
export type SignIn = z.infer<typeof SignIn>;

export const signInRoutes = {
  listOwnSignIns: route({
    method: 'GET',
    path: '/account/sign-ins',
    summary: 'Who came in as you or tried to in the last half a year, newest first',
    access: 'session',
    query: PageQuery,
    response: pageOf(SignIn),
  }),
} as const;
