import { createHash } from 'node:crypto';
import { InternalError } from '@vakhta/kernel';
import pg from 'pg';
import { to } from 'pg-copy-streams';
import { nameOf, type Table } from './tables.ts';

const quote = pg.escapeIdentifier;

/** So that the same row gives the same text in every session, on every server. */
const PLAIN_TEXT = `
  set local timezone = 'UTC'; set local datestyle = 'ISO, YMD'; set local intervalstyle = 'postgres';
  set local bytea_output = 'hex'; set local extra_float_digits = 1; set local client_encoding = 'UTF8';
  set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0; set local lock_timeout = 0`;

/** Prepares a transaction in which texts are written or read. */
export const speakPlainly = (client: Pick<pg.ClientBase, 'query'>): Promise<unknown> =>
  client.query(PLAIN_TEXT);

export const quotedName = ({ schema, name }: Pick<Table, 'schema' | 'name'>): string =>
  `${quote(schema)}.${quote(name)}`;
export const quotedColumns = ({ columns }: Pick<Table, 'columns'>): string => columns.map(quote).join(', ');

export interface TableSum {
  rows: number;
  sha256: string;
}

/**
 * Reads a table's rows as COPY writes them, in the order of its key; `take` is given the text as it comes. `allSeeing` is
 * the role that sees every row of a table under row-level security, which holds for the tables' owner too.
 */
export async function readTableText(
  client: pg.Client,
  table: Table,
  allSeeing: string,
  take: (text: AsyncIterable<Uint8Array>) => Promise<void>,
): Promise<TableSum> {
  if (table.isForced) await becomeAllSeeing(client, table, allSeeing);
  const order = table.order.map(({ column, isText }) => `${quote(column)}${isText ? ' collate "C"' : ''}`);
  const source = client.query(
    to(
      `copy (select ${quotedColumns(table)} from ${quotedName(table)} order by ${order.join(', ')}) to stdout`,
    ),
  );
  const hash = createHash('sha256');
  async function* hashed(): AsyncGenerator<Uint8Array> {
    for await (const chunk of source as AsyncIterable<Uint8Array>) {
      hash.update(chunk);
      yield chunk;
    }
  }
  await take(hashed());
  if (table.isForced) await client.query('reset role');
  return { rows: source.rowCount, sha256: hash.digest('hex') };
}

/** How many rows there are, those of every organisation. */
export async function countRows(client: pg.Client, table: Table, allSeeing: string): Promise<number> {
  if (table.isForced) await becomeAllSeeing(client, table, allSeeing);
  const { rows } = await client.query<{ count: string }>(
    `select count(*)::text as count from ${quotedName(table)}`,
  );
  if (table.isForced) await client.query('reset role');
  return Number(rows[0]!.count);
}

/** Takes it only where it really sees all: rows that are silently left out would be found after a disaster. */
async function becomeAllSeeing(client: pg.Client, table: Table, role: string): Promise<void> {
  const { rows } = await client.query<{ sees: boolean }>(
    `select exists (
       select from pg_policies
       where schemaname = $1 and tablename = $2 and $3 = any(roles) and cmd in ('ALL', 'SELECT') and qual = 'true'
     ) as sees`,
    [table.schema, table.name, role],
  );
  if (!rows[0]?.sees)
    throw new InternalError('backup.hidden_rows', `${role} does not see every row of ${nameOf(table)}`);
  await client.query(`set local role ${quote(role)}`);
}
