import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { AppError, type Clock, type Id, newId, type Random } from '@vakhta/kernel';
import { type StoreColumn, type StoreTable, storeTables } from './tables.ts';

/** A value of a column as it is kept: JSON as text, booleans as 0 and 1. */
export type StoredValue = SQLInputValue;

/** Where the file stands; changed in the transaction that changes the rows. */
export interface Standing {
  /** The number of the last row written; 0 before the first. */
  readonly last: number;
  /** Up to here all numbered rows are gone. */
  readonly prunedThrough: number;
  /** How many readings and events are kept. */
  readonly rows: number;
  /** How many were dropped, to stay within the limit, before every mirror had them. */
  readonly dropped: number;
}

const SCHEMA_VERSION = 1;
/** How long a write waits for another program that writes to the file. */
const BUSY_TIMEOUT_MS = 2_000;

const sqliteType = (column: StoreColumn): string =>
  `${column.kind === 'text' || column.kind === 'json' ? 'TEXT' : 'INTEGER'}${column.nullable ? '' : ' NOT NULL'}`;

/** `number` orders the rows of all tables. The store's id is the same for all and not repeated in each. */
function tableSql({ name, key, columns }: StoreTable): string {
  const own = Object.entries(columns).filter(([column]) => column !== 'store' && column !== 'number');
  const unique = key.includes('number') ? [] : [`UNIQUE (${key.join(', ')}) ON CONFLICT REPLACE`];
  return `CREATE TABLE ${name} (${[
    'number INTEGER PRIMARY KEY',
    ...own.map(([column, form]) => `${column} ${sqliteType(form)}`),
    ...unique,
  ].join(', ')}) STRICT;`;
}

const SCHEMA = `
  CREATE TABLE store (
    id TEXT NOT NULL, last INTEGER NOT NULL, pruned_through INTEGER NOT NULL, rows INTEGER NOT NULL, dropped INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE mirror (name TEXT PRIMARY KEY, position INTEGER) STRICT;
  ${storeTables.map(tableSql).join('\n')}
  CREATE INDEX sas_reading_by_machine ON sas_reading (machine, code, at);
  CREATE INDEX sas_event_by_machine ON sas_event (machine, at);
  CREATE UNIQUE INDEX sas_event_by_id ON sas_event (machine, kind, id) WHERE id IS NOT NULL;
`;

/**
 * One SQLite file. Every `transact` is on disk when it returns (WAL, synchronous FULL: one fsync each); other programs may
 * read the file meanwhile.
 */
export class StoreFile {
  readonly database: DatabaseSync;
  /** This life of the file; a new file is another one. */
  readonly id: string;
  readonly #statements = new Map<string, StatementSync>();

  constructor(path: string, deps: { clock: Clock; random: Random }) {
    this.database = openDatabase(path);
    try {
      this.transact(() => this.#createTables(deps));
      this.id = String(this.database.prepare('SELECT id FROM store').get()!.id);
    } catch (error) {
      this.database.close();
      throw error instanceof AppError ? error : unreadable(path, error);
    }
  }

  /** Runs `work` as one transaction that is on disk, whole, when this returns; or throws and nothing of it is. */
  transact<T>(work: () => T): T {
    this.database.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.database.exec('COMMIT');
      return result;
    } catch (error) {
      // SQLite rolls back by itself after some errors, SQLITE_FULL among them.
      if (this.database.isOpen && this.database.isTransaction) this.database.exec('ROLLBACK');
      throw error;
    }
  }

  /** Prepared once per text. Whole numbers come back as bigint: a meter may have 18 digits. */
  statement(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    const made = this.database.prepare(sql);
    made.setReadBigInts(true);
    this.#statements.set(sql, made);
    return made;
  }

  standing(): Standing {
    const row = this.statement('SELECT last, pruned_through, rows, dropped FROM store').get()!;
    return {
      last: Number(row.last),
      prunedThrough: Number(row.pruned_through),
      rows: Number(row.rows),
      dropped: Number(row.dropped),
    };
  }

  /** Within a transaction. */
  setStanding({ last, prunedThrough, rows, dropped }: Standing): void {
    this.statement('UPDATE store SET last = ?, pruned_through = ?, rows = ?, dropped = ?').run(
      last,
      prunedThrough,
      rows,
      dropped,
    );
  }

  /** Within a transaction: writes a row under its number, in place of one with the same key. */
  insert(table: StoreTable, number: number, values: Readonly<Record<string, StoredValue>>): void {
    const columns = Object.keys(table.columns).filter((name) => name !== 'store' && name !== 'number');
    this.statement(
      `INSERT INTO ${table.name} (number, ${columns.join(', ')}) VALUES (?${', ?'.repeat(columns.length)})`,
    ).run(number, ...columns.map((name) => values[name] ?? null));
  }

  close(): void {
    this.database.close();
  }

  #createTables(deps: { clock: Clock; random: Random }): void {
    const version = Number(this.database.prepare('PRAGMA user_version').get()!.user_version);
    if (version > SCHEMA_VERSION)
      throw new AppError(
        'sas_store.too_new',
        `the store is of version ${version}, this program knows up to ${SCHEMA_VERSION}`,
      );
    if (version === SCHEMA_VERSION) return;
    this.database.exec(SCHEMA);
    this.database.prepare('INSERT INTO store VALUES (?, 0, 0, 0, 0)').run(newId<Id<'sas-store'>>(deps));
    this.database.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
  }
}

function openDatabase(path: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    return database;
  } catch (cause) {
    database?.close();
    throw unreadable(path, cause);
  }
}

const unreadable = (path: string, cause: unknown): AppError =>
  new AppError('sas_store.unreadable', `the store cannot be opened: ${String(cause)}`, {
    context: { path },
    cause,
  });
