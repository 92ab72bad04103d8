import type { Instant, Json } from '@vakhta/kernel';
import type { StoreFile } from './store-file.ts';
import { type StoreColumn, type StoreTable, storeTables } from './tables.ts';

type Value = Json | bigint;

/** A row as a mirror takes it. */
export interface SourceRow {
  readonly position: number;
  readonly table: string;
  readonly at: Instant;
  readonly values: Readonly<Record<string, Value>>;
}

type Stored = Record<string, unknown>;

/** What a row weighs beyond its texts, roughly. */
const ROW_BYTES = 64;

/** As many rows are counted one by one. */
const COUNTED = 20_000;

/** A store's rows in the order they were written, in the form of a `Source` of `@vakhta/mirror`. */
export class StoreSource {
  readonly name: string;
  /** This life of the store's file: with a new file, numbers begin anew. */
  readonly stream: string;
  readonly tables: readonly StoreTable[] = storeTables;
  readonly #file: StoreFile;

  constructor(file: StoreFile, name: string) {
    this.#file = file;
    this.name = name;
    this.stream = file.id;
  }

  read(after: number, limit: { readonly rows: number; readonly bytes: number }): SourceRow[] {
    const candidates = storeTables
      .flatMap((table) =>
        this.#file
          .statement(`SELECT * FROM ${table.name} WHERE number > ? ORDER BY number LIMIT ?`)
          .all(after, limit.rows)
          .map((row) => ({ table, row })),
      )
      .toSorted((a, b) => Number(a.row.number) - Number(b.row.number))
      .slice(0, limit.rows);
    const rows: SourceRow[] = [];
    let bytes = 0;
    for (const { table, row } of candidates) {
      bytes += weight(row);
      if (rows.length > 0 && bytes > limit.bytes) break;
      rows.push(this.#sourceRow(table, row));
    }
    return rows;
  }

  last(): number {
    return this.#file.standing().last;
  }

  /** Of very many rows, how many numbers were given: counting them would take the line its time. */
  pending(after: number): { rows: number; oldestAt: Instant | null } {
    const { last, prunedThrough } = this.#file.standing();
    const given = last - Math.max(after, prunedThrough);
    const [oldest] = this.read(after, { rows: 1, bytes: 1 });
    if (!oldest) return { rows: 0, oldestAt: null };
    return { rows: given > COUNTED ? given : this.#count(after), oldestAt: oldest.at };
  }

  prunedThrough(): number {
    return this.#file.standing().prunedThrough;
  }

  mirroredThrough(): number | null {
    const row = this.#file.statement('SELECT position FROM mirror WHERE name = ?').get(this.name);
    return row?.position == null ? null : Number(row.position);
  }

  mirrored(position: number): void {
    if (position === this.mirroredThrough()) return;
    this.#file.transact(() =>
      this.#file.statement('UPDATE mirror SET position = ? WHERE name = ?').run(position, this.name),
    );
  }

  #count(after: number): number {
    return storeTables
      .map(
        ({ name }) =>
          this.#file.statement(`SELECT count(*) AS rows FROM ${name} WHERE number > ?`).get(after)!,
      )
      .reduce((sum, { rows }) => sum + Number(rows), 0);
  }

  #sourceRow(table: StoreTable, row: Stored): SourceRow {
    const values = Object.fromEntries(
      Object.entries(table.columns).map(([name, column]) => [
        name,
        name === 'store' ? this.stream : readValue(column, row[name]),
      ]),
    );
    return {
      position: Number(row.number),
      table: table.name,
      at: Number(row.at ?? row.changed_at),
      values,
    };
  }
}

function readValue(column: StoreColumn, stored: unknown): Value {
  if (stored === null || stored === undefined) return null;
  switch (column.kind) {
    case 'json':
      return JSON.parse(String(stored)) as Json;
    case 'boolean':
      return stored === 1n;
    case 'instant':
      return Number(stored);
    case 'integer':
      return stored as bigint;
    case 'text':
      return String(stored);
  }
}

const weight = (row: Stored): number =>
  Object.values(row).reduce<number>(
    (sum, value) => sum + (typeof value === 'string' ? value.length * 2 : 0),
    ROW_BYTES,
  );
