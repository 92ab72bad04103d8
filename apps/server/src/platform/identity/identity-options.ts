import type { BetterAuthOptions } from 'better-auth';
import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';

export interface IdentityDeps {
  pool: pg.Pool;
  /** Signs cookies. */
  secret: string;
  /** Cookies travel over TLS only. */
  secure: boolean;
}

const DAY_SECONDS = 86_400;

/** better-auth as we use it: e-mail and password, no HTTP of its own, its tables in a schema of their own. */
export const identityOptions = ({ pool, secret, secure }: IdentityDeps) =>
  ({
    // The library wants one for links in mails and for redirects, of which we use none.
    baseURL: secure ? 'https://vakhta.invalid' : 'http://vakhta.invalid',
    secret,
    database: {
      db: new Kysely({ dialect: new PostgresDialect({ pool }) }),
      type: 'postgres',
      schemaName: 'auth',
    },
    // We never sign a person up on their own request: the façade creates people for members who add them.
    emailAndPassword: { enabled: true, autoSignIn: false, minPasswordLength: 10, maxPasswordLength: 200 },
    session: { expiresIn: 14 * DAY_SECONDS, updateAge: DAY_SECONDS, cookieCache: { enabled: false } },
    advanced: {
      cookiePrefix: 'vakhta',
      useSecureCookies: secure,
      // Strict is enough for a page that only calls its own server, and leaves nothing to forge across sites.
      defaultCookieAttributes: { httpOnly: true, sameSite: 'strict', secure, path: '/' },
      // The tables are made by our own migrations before this is used, and a test compares the two.
      database: { generateId: 'uuid', validateSchema: false },
      ipAddress: { disableIpTracking: true },
    },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { level: 'error' },
  }) as const satisfies BetterAuthOptions;
