import { passkey } from '@better-auth/passkey';
import { type BetterAuthOptions, betterAuth } from 'better-auth';
import { APIError } from 'better-auth/api';
import { twoFactor } from 'better-auth/plugins/two-factor';
import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import { beganBy } from './began-by.ts';

export interface IdentityDeps {
  pool: pg.Pool;
  /** Signs cookies and encrypts the secrets of second factors. */
  secret: string;
  /** Cookies travel over TLS only. */
  secure: boolean;
}

const DAY_SECONDS = 86_400;
/** Set by the façade alone, from what the HTTP server says; no header of a client's gets here. */
export const ADDRESS_HEADER = 'x-vakhta-address';

/** better-auth as we use it: no HTTP of its own, its tables in a schema of their own. */
export const identityOptions = ({ pool, secret, secure }: IdentityDeps, origin?: URL) =>
  ({
    // The library wants one for links in mails and for redirects, of which we use none.
    baseURL: secure ? 'https://vakhta.invalid' : 'http://vakhta.invalid',
    appName: 'Vakhta',
    secret,
    database: {
      db: new Kysely({ dialect: new PostgresDialect({ pool }) }),
      type: 'postgres',
      schemaName: 'auth',
    },
    // We never sign a person up on their own request: the façade creates people for members who add them.
    emailAndPassword: { enabled: true, autoSignIn: false, minPasswordLength: 10, maxPasswordLength: 200 },
    session: {
      expiresIn: 14 * DAY_SECONDS,
      updateAge: DAY_SECONDS,
      cookieCache: { enabled: false },
      // What needs a fresh proof of who one is asks for the password instead.
      freshAge: 0,
      additionalFields: { signedInBy: { type: 'string', required: false, input: false } },
    },
    databaseHooks: {
      session: {
        create: {
          before: async (session, context) => ({
            data: { ...session, signedInBy: beganBy(context?.path) ?? session.signedInBy },
          }),
        },
      },
    },
    plugins: [
      twoFactor({ issuer: 'Vakhta' }),
      passkey({
        rpName: 'Vakhta',
        rpID: origin?.hostname ?? 'localhost',
        origin: origin?.origin ?? null,
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        authentication: {
          // A passkey stands for both factors: the device, and the finger or PIN that opened it.
          afterVerification: ({ verification }) => {
            if (!verification.authenticationInfo.userVerified)
              throw new APIError('UNAUTHORIZED', { message: 'the person was not verified' });
          },
        },
      }),
    ],
    advanced: {
      cookiePrefix: 'vakhta',
      useSecureCookies: secure,
      // Strict is enough for a page that only calls its own server, and leaves nothing to forge across sites.
      defaultCookieAttributes: { httpOnly: true, sameSite: 'strict', secure, path: '/' },
      // The tables are made by our own migrations before this is used, and a test compares the two.
      database: { generateId: 'uuid', validateSchema: false },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER], ipv6Subnet: 128 },
    },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    // It would write what a person typed, their address among it, past our own log.
    logger: { disabled: true },
  }) as const satisfies BetterAuthOptions;

export const createAuth = (deps: IdentityDeps, origin?: URL) => betterAuth(identityOptions(deps, origin));
export type Auth = ReturnType<typeof createAuth>;
