import * as z from 'zod';
import { Email, Language, LinkToken, Password } from '../fields.ts';
import { route } from '../route.ts';

/** A new password for who forgot theirs, by a link in a mail. Nothing here tells who has an account. */
export const passwordResetRoutes = {
  getDoor: route({
    method: 'GET',
    path: '/door',
    summary: 'What the sign-in page can offer',
    access: 'public',
    response: z.object({
      mail: z.boolean().describe('Whether this server sends mail, and so a link for a new password.'),
      empty: z
        .boolean()
        .describe(
          'Whether the desk has no organisation yet: whoever runs it holds the link that makes the first.',
        ),
    }),
  }),
  forgotPassword: route({
    method: 'POST',
    path: '/session/password/forgotten',
    summary:
      'Mail a link for a new password to this person, if there is one; the answer is the same either way',
    access: 'public',
    status: 204,
    body: z.strictObject({ email: Email, language: Language }),
  }),
  lookAtReset: route({
    method: 'POST',
    path: '/session/password/reset/look',
    summary: 'Whether a link for a new password still holds',
    access: 'public',
    body: z.strictObject({ token: LinkToken }),
    response: z.object({ good: z.boolean() }),
  }),
  resetPassword: route({
    method: 'POST',
    path: '/session/password/reset',
    summary: 'Set a new password by a mailed link; every session ends, a second factor stays',
    access: 'public',
    status: 204,
    body: z.strictObject({ token: LinkToken, password: Password }),
  }),
} as const;
