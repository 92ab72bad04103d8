import type { CellValue, Column, Table } from '../source/table.ts';
import { cursorTable } from './cursor-table.ts';
import type { Dialect } from './dialect.ts';

/** Names are checked to be letters, digits and underscores. */
const quote = (name: string): string => `[${name}]`;
const qualified = (schema: string, table: string): string => `${quote(schema)}.${quote(table)}`;
const cursor = (schema: string): string => qualified(schema, cursorTable.name);

/** By code point: under a database's usual collation the keys 'a' and 'A' would be one row. */
const COLLATION = 'Latin1_General_100_BIN2';
/** How long a statement waits for another mirror that changes tables. */
const LOCK_TIMEOUT_MS = 15_000;

function columnType(column: Column, inKey: boolean): string {
  switch (column.kind) {
    case 'integer':
      return 'bigint';
    case 'real':
      return 'float';
    case 'decimal':
      return `decimal(${column.precision}, ${column.scale})`;
    case 'boolean':
      return 'bit';
    case 'text':
      return `nvarchar(${column.maxLength ?? 'max'})${inKey ? ` COLLATE ${COLLATION}` : ''}`;
    case 'instant':
      return 'datetimeoffset(3)';
    case 'date':
      return 'date';
    case 'json':
      return 'nvarchar(max)';
    case 'bytes':
      return 'varbinary(max)';
  }
}

/** A value as OPENJSON converts it to its column: whole numbers as texts (a JSON number may be read as float), bytes as base64. */
function jsonValue(column: Column, value: CellValue | undefined): string | number | boolean | null {
  if (value === undefined || value === null) return null;
  if (column.kind === 'json') return JSON.stringify(value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (column.kind === 'instant') return new Date(Number(value)).toISOString();
  if (column.kind === 'real' || column.kind === 'boolean') return value as number | boolean;
  return String(value);
}

function definition(table: Table, name: string): string {
  const inKey = table.key.includes(name);
  return `${quote(name)} ${columnType(table.columns[name]!, inKey)} ${inKey ? 'NOT NULL' : 'NULL'}`;
}

const rowsSource = (table: Table): string =>
  `OPENJSON(@p1) WITH (${Object.entries(table.columns)
    .map(([name, column], i) => `${quote(name)} ${columnType(column, false)} '$[${i}]'`)
    .join(', ')})`;

function sameKey(table: Table): string {
  return table.key
    .map((name) => {
      const collate = table.columns[name]!.kind === 'text' ? ` COLLATE ${COLLATION}` : '';
      return `target.${quote(name)} = source.${quote(name)}${collate}`;
    })
    .join(' AND ');
}

/**
 * Microsoft SQL Server 2016 or later, with compatibility level 130 or higher (OPENJSON). Parameters are `@p1`, `@p2` ….
 * A batch is one parameter, a JSON text of arrays: the number of parameters (2 100 at most) does not grow with the rows.
 */
export const mssql: Dialect = {
  name: 'mssql',
  defaultSchema: 'dbo',
  columnType,
  fits: (column, found) => {
    if (found.type !== columnType(column, false).replace(/\(.*/, '')) return false;
    if (found.length === null || found.length === -1) return true;
    return column.kind === 'text' && column.maxLength !== undefined && column.maxLength <= found.length;
  },

  // sp_getapplock answers a negative number where it could not; that is no error by itself.
  lockTables: () => ({
    sql:
      `DECLARE @answer int; EXEC @answer = sp_getapplock @Resource = N'vakhta_mirror', @LockMode = N'Exclusive', ` +
      `@LockOwner = N'Transaction', @LockTimeout = ${LOCK_TIMEOUT_MS}; ` +
      `IF @answer < 0 THROW 50001, N'another mirror is changing tables', 1;`,
    parameters: [],
  }),
  // CREATE SCHEMA must be the first statement of its batch.
  createSchema: (schema) => ({
    sql: `IF SCHEMA_ID(N'${schema}') IS NULL EXEC(N'CREATE SCHEMA ${quote(schema)}');`,
    parameters: [],
  }),
  listColumns: (schema) => ({
    sql:
      'SELECT TABLE_NAME AS [table], COLUMN_NAME AS [name], DATA_TYPE AS [type], CHARACTER_MAXIMUM_LENGTH AS [length] ' +
      'FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_SCHEMA = @p1;',
    parameters: [schema],
  }),
  createTable: (schema, table) => ({
    sql: `CREATE TABLE ${qualified(schema, table.name)} (${[
      ...Object.keys(table.columns).map((name) => definition(table, name)),
      `PRIMARY KEY (${table.key.map(quote).join(', ')})`,
    ].join(', ')});`,
    parameters: [],
  }),
  addColumns: (schema, table, names) => ({
    sql: `ALTER TABLE ${qualified(schema, table.name)} ADD ${names
      .map((name) => definition(table, name))
      .join(', ')};`,
    parameters: [],
  }),

  addCursor: (schema, { source, stream }, at) => ({
    sql:
      `INSERT INTO ${cursor(schema)} ([source], [stream], [position], [moved_at]) SELECT @p1, @p2, 0, @p3 ` +
      `WHERE NOT EXISTS (SELECT 1 FROM ${cursor(schema)} WITH (UPDLOCK, HOLDLOCK) WHERE [source] = @p1 AND [stream] = @p2);`,
    parameters: [source, stream, at],
  }),
  lockCursor: (schema, { source, stream }) => ({
    sql: `SELECT [position] FROM ${cursor(schema)} WITH (UPDLOCK, ROWLOCK) WHERE [source] = @p1 AND [stream] = @p2;`,
    parameters: [source, stream],
  }),
  moveCursor: (schema, { source, stream }, position, at) => ({
    sql: `UPDATE ${cursor(schema)} SET [position] = @p3, [moved_at] = @p4 WHERE [source] = @p1 AND [stream] = @p2;`,
    parameters: [source, stream, position, at],
  }),
  upsert: (schema, table, rows) => {
    const names = Object.keys(table.columns);
    const others = names.filter((name) => !table.key.includes(name));
    const update = others.map((name) => `target.${quote(name)} = source.${quote(name)}`).join(', ');
    return {
      sql: [
        // Without HOLDLOCK, MERGE lets another session insert the same key between its search and its insert.
        `MERGE INTO ${qualified(schema, table.name)} WITH (HOLDLOCK) AS target`,
        `USING (SELECT * FROM ${rowsSource(table)}) AS source`,
        `ON ${sameKey(table)}`,
        ...(others.length === 0 ? [] : [`WHEN MATCHED THEN UPDATE SET ${update}`]),
        `WHEN NOT MATCHED BY TARGET THEN INSERT (${names.map(quote).join(', ')})`,
        `VALUES (${names.map((name) => `source.${quote(name)}`).join(', ')});`,
      ].join(' '),
      parameters: [
        JSON.stringify(rows.map((row) => names.map((name) => jsonValue(table.columns[name]!, row[name])))),
      ],
    };
  },
};
