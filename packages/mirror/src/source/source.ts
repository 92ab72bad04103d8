import type { Instant } from '@vakhta/kernel';
import type { Row, Table } from './table.ts';

/**
 * Where a row stands in the source's order: 1, 2, 3 …, gaps allowed. A row that is written anew gets a new, higher
 * position and loses the old one. 0 is before the first.
 */
export type Position = number;

export interface SourceRow {
  readonly position: Position;
  /** The name of one of the source's tables. */
  readonly table: string;
  /** When the row was written, by the source's clock: what lag is measured from. */
  readonly at: Instant;
  readonly values: Row;
}

/** At most this much is read at once, but at least one row where there is one. */
export interface ReadLimit {
  readonly rows: number;
  /** A rough measure: what the source takes its rows to weigh. */
  readonly bytes: number;
}

type Eventually<T> = T | Promise<T>;

/** Rows to be mirrored, in one order over all tables. It is read from and told how far it was mirrored; never written to. */
export interface Source {
  /** Names its cursor in the target, e.g. 'hall-1'; at most 100 characters. */
  readonly name: string;
  /** One life of the source's positions, at most 100 characters. When positions begin anew, this is another one. */
  readonly stream: string;
  readonly tables: readonly Table[];
  /** Rows above `after`, by rising position. */
  read(after: Position, limit: ReadLimit): Eventually<readonly SourceRow[]>;
  /** The highest position given so far; 0 before the first. */
  last(): Eventually<Position>;
  /** How many rows lie above `after` (of very many, an estimate will do), and when the oldest of them was written. */
  pending(after: Position): Eventually<{ readonly rows: number; readonly oldestAt: Instant | null }>;
  /** Up to here the source has let go of rows; those a target lacks are lost to it. 0 if of none. */
  prunedThrough(): Eventually<Position>;
  /** What `mirrored` was last told, in an earlier process too; null if never. */
  mirroredThrough(): Eventually<Position | null>;
  /** All rows up to `position` are committed in the target: the source may let go of them. May be told less than before. */
  mirrored(position: Position): Eventually<void>;
}
