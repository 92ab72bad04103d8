import { UsageError } from '@vakhta/kernel';
import { mssql } from '../dialects/mssql.ts';
import { postgres } from '../dialects/postgres.ts';
import { mssqlTarget } from './mssql-target.ts';
import { postgresTarget } from './postgres-target.ts';
import type { Target } from './session.ts';
import { parseTargetUrl } from './target-url.ts';

/** Longer names are cut by PostgreSQL. */
const MAX_SCHEMA_LENGTH = 63;

/**
 * The target a URL names, see `parseTargetUrl`. `schema` (default `public` or `dbo`) is made if it is missing. Nothing is
 * connected or loaded before the mirror starts.
 */
export function targetOf(text: string, { schema }: { readonly schema?: string } = {}): Target {
  if (schema !== undefined && (schema.length === 0 || schema.length > MAX_SCHEMA_LENGTH))
    throw new UsageError('mirror.bad_schema', `schema: 1 to ${MAX_SCHEMA_LENGTH} characters`);
  const target = parseTargetUrl(text);
  return target.kind === 'postgres'
    ? postgresTarget(target.url, schema ?? postgres.defaultSchema)
    : mssqlTarget(target.address, schema ?? mssql.defaultSchema);
}
