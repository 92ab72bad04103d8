import type { Position } from '../source/source.ts';
import type { CellValue, Column, Table } from '../source/table.ts';

/** What a target's driver is asked to run: one round trip. */
export interface Statement {
  readonly sql: string;
  readonly parameters: readonly SqlValue[];
}

/** What statements carry; a list of texts only where the database has arrays. */
export type SqlValue = string | number | readonly (string | null)[];

/** A row with every column of its table, checked. */
export type CheckedRow = Readonly<Record<string, CellValue>>;

/** A column as it stands in the target. */
export interface FoundColumn {
  readonly table: string;
  readonly name: string;
  /** As the target's catalogue calls it, e.g. 'int8', 'nvarchar'. */
  readonly type: string;
  /** Of texts, in characters; null without a limit or for other types. */
  readonly length: number | null;
}

export interface CursorName {
  readonly source: string;
  readonly stream: string;
}

/** One kind of database: the SQL it takes. All of it is text made of declarations; nothing here talks to anything. */
export interface Dialect {
  readonly name: 'postgres' | 'mssql';
  readonly defaultSchema: string;
  /** The type a column gets in a new table. */
  columnType(column: Column, inKey: boolean): string;
  /** Whether a column that is there can hold what the declaration allows. */
  fits(column: Column, found: FoundColumn): boolean;

  /** Waits until no other mirror changes tables in this database; until the transaction ends. */
  lockTables(): Statement;
  createSchema(schema: string): Statement;
  /** Answers rows of FoundColumn. */
  listColumns(schema: string): Statement;
  createTable(schema: string, table: Table): Statement;
  addColumns(schema: string, table: Table, names: readonly string[]): Statement;

  /** Makes the cursor at 0 if there is none. */
  addCursor(schema: string, cursor: CursorName, at: string): Statement;
  /** Answers one row `{ position }` and keeps others from it until the transaction ends. */
  lockCursor(schema: string, cursor: CursorName): Statement;
  moveCursor(schema: string, cursor: CursorName, position: Position, at: string): Statement;
  /** Writes the rows, in place of those with the same key. No two of them have the same key. */
  upsert(schema: string, table: Table, rows: readonly CheckedRow[]): Statement;
}
