import * as z from 'zod';
import { route } from '../route.ts';
import { Session } from './session.ts';

/** The present password, asked for once more. */
const password = z.string().min(1).max(200);
/** Six digits of an authenticator app (TOTP, RFC 6238). */
const code = z.string().regex(/^\d{6}$/);
const RecoveryCodes = z.array(z.string());

/** Codes of an authenticator app as the second factor. An API token has no say in it. */
export const secondFactorRoutes = {
  signInByCode: route({
    method: 'POST',
    path: '/session/code',
    summary:
      'The second step of signing in, after `second_factor_needed`: a code of the app or a recovery code',
    access: 'public',
    body: z.union([
      z.strictObject({ code }),
      z.strictObject({ recoveryCode: z.string().trim().min(1).max(40) }),
    ]),
    response: Session,
  }),
  beginSecondFactor: route({
    method: 'POST',
    path: '/account/second-factor',
    summary: 'Begin to set up a second factor; the recovery codes are shown this once',
    access: 'session',
    body: z.strictObject({ password }),
    response: z.object({
      uri: z.string().describe("'otpauth://…', for a QR code."),
      recoveryCodes: RecoveryCodes,
    }),
  }),
  confirmSecondFactor: route({
    method: 'PUT',
    path: '/account/second-factor',
    summary: 'Confirm the second factor by a code; it is asked for from now on',
    access: 'session',
    status: 204,
    body: z.strictObject({ code }),
  }),
  turnOffSecondFactor: route({
    method: 'POST',
    path: '/account/second-factor/off',
    summary: 'Give the second factor up',
    access: 'session',
    status: 204,
    body: z.strictObject({ password }),
  }),
  renewRecoveryCodes: route({
    method: 'POST',
    path: '/account/second-factor/recovery-codes',
    summary: 'New recovery codes, shown this once; the former ones are void',
    access: 'session',
    body: z.strictObject({ password }),
    response: z.object({ recoveryCodes: RecoveryCodes }),
  }),
} as const;
