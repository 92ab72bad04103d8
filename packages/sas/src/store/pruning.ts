import type { Instant } from '@vakhta/kernel';
import type { StoreFile } from './store-file.ts';
import { eventTable, readingTable } from './tables.ts';

/** The tables whose rows get old; the machines' are replaced instead. */
const growing = [readingTable.name, eventTable.name];
/** How many numbers one step looks at, so that no write has to wait long for it. */
const STEP = 2_000;

/** The lowest number some mirror does not have yet; every number is had where there are no mirrors. */
function mirroredThrough(file: StoreFile): number {
  const row = file.statement('SELECT min(coalesce(position, 0)) AS position FROM mirror').get()!;
  return row.position === null ? Number.MAX_SAFE_INTEGER : Number(row.position);
}

/** Within a transaction: the number of the oldest row there is, if any. */
function oldest(file: StoreFile): number | undefined {
  const numbers = growing.flatMap((table) => {
    const { number } = file.statement(`SELECT min(number) AS number FROM ${table}`).get()!;
    return number === null ? [] : [Number(number)];
  });
  return numbers.length === 0 ? undefined : Math.min(...numbers);
}

/** Within a transaction: removes all up to `through`. */
function removeThrough(file: StoreFile, bound: number): number {
  const standing = file.standing();
  // A number not given yet is not gone.
  const through = Math.min(bound, standing.last);
  const removed = growing.reduce(
    (sum, table) =>
      sum + Number(file.statement(`DELETE FROM ${table} WHERE number <= ?`).run(through).changes),
    0,
  );
  file.setStanding({
    ...standing,
    rows: standing.rows - removed,
    prunedThrough: Math.max(standing.prunedThrough, through),
  });
  return removed;
}

/**
 * Within a transaction: removes some of the rows that are older than `before` and that every mirror has. Returns whether
 * there may be more.
 */
export function removeOld(file: StoreFile, before: Instant): boolean {
  const first = oldest(file);
  if (first === undefined) return false;
  const end = Math.min(first + STEP - 1, mirroredThrough(file));
  // Numbers rise with time, but a clock may have been set back: nothing behind a row that stays is removed.
  const staying = growing.flatMap((table) => {
    const row = file
      .statement(`SELECT number FROM ${table} WHERE number <= ? AND at >= ? ORDER BY number LIMIT 1`)
      .get(end, before);
    return row ? [Number(row.number)] : [];
  });
  const through = Math.min(end, ...staying.map((number) => number - 1));
  if (through < first) return false;
  removeThrough(file, through);
  return through === end;
}

/**
 * Within a transaction: makes room for at least one row by removing the oldest. Those that every mirror has go first and
 * are no loss; others go only if `dropping`, and are counted. Returns whether there is room.
 */
export function makeRoom(file: StoreFile, dropping: boolean): boolean {
  const first = oldest(file);
  if (first === undefined) return true;
  const mirrored = mirroredThrough(file);
  if (mirrored >= first) {
    removeThrough(file, Math.min(first + STEP - 1, mirrored));
    return true;
  }
  if (!dropping) return false;
  const removed = removeThrough(file, first + STEP - 1);
  const standing = file.standing();
  file.setStanding({ ...standing, dropped: standing.dropped + removed });
  return true;
}
