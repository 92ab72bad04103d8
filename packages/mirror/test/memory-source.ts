import type { Clock } from '@vakhta/kernel';
import type { Position, ReadLimit, Row, Source, SourceRow, Table } from '@vakhta/mirror';

/** A source that can be looked into: the truth that a target is held against. */
export class MemorySource implements Source {
  readonly name: string;
  stream = 'life-1';
  readonly tables: readonly Table[];
  /** What `mirrored` was told. */
  told: Position[] = [];
  readonly #clock: Pick<Clock, 'now'>;
  #rows: SourceRow[] = [];
  #position = 0;
  #pruned = 0;

  constructor(tables: readonly Table[], clock: Pick<Clock, 'now'>, name = 'hall-1') {
    this.tables = tables;
    this.#clock = clock;
    this.name = name;
  }

  last(): Position {
    return this.#position;
  }

  write(table: string, values: Row): void {
    const { key } = this.tables.find(({ name }) => name === table)!;
    const same = (row: SourceRow) =>
      row.table === table && key.every((name) => row.values[name] === values[name]);
    this.#position += 1;
    this.#rows = this.#rows.filter((row) => !same(row));
    this.#rows.push({ position: this.#position, table, at: this.#clock.now(), values });
  }

  /** The rows as they stand, up to a position. */
  rowsOf(table: string, through: Position = this.#position): Row[] {
    return this.#rows
      .filter((row) => row.table === table && row.position <= through)
      .map(({ values }) => values);
  }

  prune(through: Position): void {
    this.#rows = this.#rows.filter(({ position }) => position > through);
    this.#pruned = through;
  }

  /** The disk is a new one: positions begin anew. */
  beginStream(stream: string): void {
    this.stream = stream;
    this.#rows = [];
    this.#position = 0;
    this.#pruned = 0;
    this.told = [];
  }

  read(after: Position, limit: ReadLimit): SourceRow[] {
    return this.#rows.filter(({ position }) => position > after).slice(0, limit.rows);
  }

  pending(after: Position) {
    const above = this.#rows.filter(({ position }) => position > after);
    return { rows: above.length, oldestAt: above[0]?.at ?? null };
  }

  prunedThrough(): Position {
    return this.#pruned;
  }

  mirroredThrough(): Position | null {
    return this.told.at(-1) ?? null;
  }

  mirrored(position: Position): void {
    this.told.push(position);
  }
}
