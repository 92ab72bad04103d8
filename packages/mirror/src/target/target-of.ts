import { UsageError } from '@vakhta/kernel';
import { mssql } from '../dialects/mssql.ts';
import { postgres } from '../dialects/postgres.ts';
import { mssqlTarget } from './mssql-target.ts';
import { postgresTarget } from './postgres-target.ts';
import type { Target } from './session.ts';
import { parseTargetUrl } from './target-url.ts';

/** PostgreSQL cuts names at 63 bytes. */
const SCHEMA = /^[A-Za-z_][A-Za-z0-9_]{0,62}$/;

/**
 * The target a URL names, see `parseTargetUrl`. `schema` (default `public` or `dbo`) is made if it is missing. Nothing is
 * connected or loaded before the mirror starts.
 */
export function targetOf(text: string, { schema }: { readonly schema?: string } = {}): Target {
  if (schema !== undefined && !SCHEMA.test(schema))
    throw new UsageError('mirror.bad_schema', 'schema: letters, digits and underscores, at most 63');
  const target = parseTargetUrl(text);
  return target.kind === 'postgres'
    ? postgresTarget(target.url, schema ?? postgres.defaultSchema)
    : mssqlTarget(target.address, schema ?? mssql.defaultSchema);
}
