import * as z from 'zod';
import { Email, Id, Password } from '../fields.ts';
import { Role } from '../permissions.ts';
import { route } from '../route.ts';

export const Session = z.object({
  user: z.object({ id: Id, email: z.string(), name: z.string(), secondFactor: z.boolean() }),
  /** Where the person belongs; the first is used unless the request names another. */
  memberships: z.array(
    z.object({
      member: Id.describe('How the organisation knows the person: what stands beside their acts.'),
      organisation: z.object({ id: Id, name: z.string() }),
      roles: z.array(Role),
      permissions: z.array(z.string()),
      lacksSecondFactor: z
        .boolean()
        .describe(
          'The organisation asks for a second factor that this session lacks: nothing may be done in it until then.',
        ),
    }),
  ),
});
export type Session = z.infer<typeof Session>;

export const sessionRoutes = {
  signIn: route({
    method: 'POST',
    path: '/session',
    summary: 'Sign in; sets the session cookie',
    access: 'public',
    body: z.strictObject({ email: Email, password: z.string().min(1).max(200) }),
    response: Session,
  }),
  getSession: route({
    method: 'GET',
    path: '/session',
    summary: 'Who is signed in, and what they may do where',
    access: 'signed-in',
    response: Session,
  }),
  signOut: route({
    method: 'DELETE',
    path: '/session',
    summary: 'Sign out; the session is dead at once',
    access: 'session',
    status: 204,
  }),
  changePassword: route({
    method: 'PUT',
    path: '/session/password',
    summary: 'Change your own password; other sessions end',
    access: 'session',
    status: 204,
    body: z.strictObject({ current: z.string().min(1).max(200), next: Password }),
  }),
} as const;
