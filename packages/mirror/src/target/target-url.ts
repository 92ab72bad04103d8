import { UsageError } from '@vakhta/kernel';
import * as z from 'zod';

export interface MssqlAddress {
  readonly server: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  /** TLS on the connection. */
  readonly encrypt: boolean;
  /** Takes a certificate that no authority signed, as a fresh installation has. */
  readonly trustServerCertificate: boolean;
}

export type TargetUrl =
  | { readonly kind: 'postgres'; readonly url: URL }
  | { readonly kind: 'mssql'; readonly address: MssqlAddress };

const yesOrNo = z.enum(['true', 'false']).transform((word) => word === 'true');

const Mssql = z.strictObject({
  server: z.string().min(1, 'the host is missing'),
  port: z.coerce.number().int().min(1).max(65535),
  database: z.string().min(1, 'the database is missing'),
  user: z.string().min(1, 'the user is missing'),
  password: z.string(),
  encrypt: yesOrNo.default(true),
  trustServerCertificate: yesOrNo.default(false),
});

const problem = (message: string): UsageError => new UsageError('mirror.bad_url', message);

/**
 * Reads `postgres://user:password@host:5432/database?sslmode=…` (also `postgresql:`) or
 * `mssql://user:password@host:1433/database?encrypt=true&trustServerCertificate=false` (also `sqlserver:`).
 * Throws `UsageError` 'mirror.bad_url', which never holds the password.
 */
export function parseTargetUrl(text: string): TargetUrl {
  if (!URL.canParse(text)) throw problem('not a URL: expected postgres://… or mssql://…');
  const url = new URL(text);
  switch (url.protocol) {
    case 'postgres:':
    case 'postgresql:':
      if (url.pathname.length < 2) throw problem('database: the name is missing');
      return { kind: 'postgres', url };
    case 'mssql:':
    case 'sqlserver:':
      return { kind: 'mssql', address: mssqlAddress(url) };
    default:
      throw problem(`${url.protocol} is not a kind of database: expected postgres: or mssql:`);
  }
}

function mssqlAddress(url: URL): MssqlAddress {
  const parsed = Mssql.safeParse({
    server: url.hostname,
    port: url.port || '1433',
    database: decodeURIComponent(url.pathname.slice(1)),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    ...Object.fromEntries(url.searchParams),
  });
  if (parsed.success) return parsed.data;
  throw problem(
    parsed.error.issues
      .map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message))
      .join('; '),
  );
}
