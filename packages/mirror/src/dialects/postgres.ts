import type { CellValue, Column } from '../source/table.ts';
import { cursorTable } from './cursor-table.ts';
import type { Dialect } from './dialect.ts';

/** Names are checked to be letters, digits and underscores. */
const quote = (name: string): string => `"${name}"`;
const qualified = (schema: string, table: string): string => `${quote(schema)}.${quote(table)}`;
const list = (names: readonly string[]): string => names.map(quote).join(', ');

/** As pg_type calls them (information_schema's udt_name), so that what is found can be compared. */
function columnType(column: Column): string {
  switch (column.kind) {
    case 'integer':
      return 'int8';
    case 'real':
      return 'float8';
    case 'decimal':
      return `numeric(${column.precision}, ${column.scale})`;
    case 'boolean':
      return 'bool';
    case 'text':
      return 'text';
    case 'instant':
      return 'timestamptz';
    case 'date':
      return 'date';
    case 'json':
      return 'jsonb';
    case 'bytes':
      return 'bytea';
  }
}

/** A value as PostgreSQL's own text input takes it. */
function literal(column: Column, value: CellValue | undefined): string | null {
  if (column.kind === 'json') return value === undefined || value === null ? null : JSON.stringify(value);
  if (value === undefined || value === null) return null;
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`;
  if (column.kind === 'instant') return new Date(Number(value)).toISOString();
  return String(value);
}

const cursor = (schema: string): string => qualified(schema, cursorTable.name);

/** PostgreSQL, 12 or later. */
export const postgres: Dialect = {
  name: 'postgres',
  defaultSchema: 'public',
  columnType,
  fits: (column, found) =>
    found.type === columnType(column).replace(/\(.*/, '') ||
    (column.kind === 'text' &&
      found.type === 'varchar' &&
      (found.length === null || (column.maxLength !== undefined && column.maxLength <= found.length))),

  // The number is ours alone: the first eight bytes of "vakhta.m".
  lockTables: () => ({ sql: 'SELECT pg_advisory_xact_lock(8530217265589726829)', parameters: [] }),
  // IF NOT EXISTS asks for the right to create also where the schema is there.
  createSchema: (schema) => ({
    sql:
      `DO $do$ BEGIN IF to_regnamespace('${quote(schema)}') IS NULL THEN ` +
      `CREATE SCHEMA ${quote(schema)}; END IF; END $do$`,
    parameters: [],
  }),
  listColumns: (schema) => ({
    sql:
      'SELECT table_name AS "table", column_name AS name, udt_name AS type, character_maximum_length AS length ' +
      'FROM information_schema.columns WHERE table_schema = $1',
    parameters: [schema],
  }),
  createTable: (schema, table) => ({
    sql: `CREATE TABLE ${qualified(schema, table.name)} (${[
      ...Object.entries(table.columns).map(([name, column]) => `${quote(name)} ${columnType(column)}`),
      `PRIMARY KEY (${list(table.key)})`,
    ].join(', ')})`,
    parameters: [],
  }),
  addColumns: (schema, table, names) => ({
    sql: `ALTER TABLE ${qualified(schema, table.name)} ${names
      .map((name) => `ADD COLUMN ${quote(name)} ${columnType(table.columns[name]!)}`)
      .join(', ')}`,
    parameters: [],
  }),

  addCursor: (schema, { source, stream }, at) => ({
    sql: `INSERT INTO ${cursor(schema)} (source, stream, position, moved_at) VALUES ($1, $2, 0, $3) ON CONFLICT DO NOTHING`,
    parameters: [source, stream, at],
  }),
  lockCursor: (schema, { source, stream }) => ({
    sql: `SELECT position FROM ${cursor(schema)} WHERE source = $1 AND stream = $2 FOR UPDATE`,
    parameters: [source, stream],
  }),
  moveCursor: (schema, { source, stream }, position, at) => ({
    sql: `UPDATE ${cursor(schema)} SET position = $3, moved_at = $4 WHERE source = $1 AND stream = $2`,
    parameters: [source, stream, position, at],
  }),
  // One array per column: the number of parameters does not grow with the rows (the protocol allows 65 535).
  upsert: (schema, table, rows) => {
    const names = Object.keys(table.columns);
    const columns = names.map((name) => table.columns[name]!);
    const others = names.filter((name) => !table.key.includes(name));
    return {
      sql:
        `INSERT INTO ${qualified(schema, table.name)} (${list(names)}) ` +
        `SELECT * FROM unnest(${columns.map((column, i) => `$${i + 1}::${columnType(column)}[]`).join(', ')}) ` +
        `ON CONFLICT (${list(table.key)}) ${
          others.length === 0
            ? 'DO NOTHING'
            : `DO UPDATE SET ${others.map((name) => `${quote(name)} = excluded.${quote(name)}`).join(', ')}`
        }`,
      parameters: names.map((name, i) => rows.map((row) => literal(columns[i]!, row[name]))),
    };
  },
};
