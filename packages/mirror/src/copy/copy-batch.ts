import { AppError, canonicalJson, type Instant, InternalError } from '@vakhta/kernel';
import * as z from 'zod';
import type { CheckedRow } from '../dialects/dialect.ts';
import { rowChecker } from '../source/check-row.ts';
import type { Position, ReadLimit, Source, SourceRow } from '../source/source.ts';
import type { Table } from '../source/table.ts';
import type { Session, Target } from '../target/session.ts';
import { fromSource } from './source-error.ts';

/** Drivers give a bigint as text. */
const Cursor = z.tuple([z.object({ position: z.coerce.number().int().min(0) })]);

export interface Batch {
  /** Where the target's cursor stands now. */
  readonly position: Position;
  /** How many rows of the source the batch held. */
  readonly rows: number;
  /** Rows that the source had let go of before the target had them. */
  readonly gap: Gap | null;
}

/** Rows above `after` up to `through` are missing in the target. */
export interface Gap {
  readonly after: Position;
  readonly through: Position;
}

export type BatchCopier = (session: Session, now: Instant) => Promise<Batch>;

/**
 * Copies the next rows above the target's cursor and moves the cursor, in one transaction. The cursor is read from the
 * target each time and held until the end: whatever became of an earlier attempt, and whoever else copies the same
 * source, no row is left out.
 */
export function batchCopier(source: Source, { dialect, schema }: Target, limit: ReadLimit): BatchCopier {
  const cursor = { source: source.name, stream: source.stream };
  const checkers = new Map(source.tables.map((table) => [table.name, rowChecker(table)]));
  const check = (row: SourceRow): CheckedRow => {
    const checker = checkers.get(row.table);
    if (checker) return checker(row.values, row.position);
    throw new InternalError(
      'mirror.no_such_table',
      `the source gives a row of ${row.table}, which it did not declare`,
    );
  };

  return async (session, now) => {
    await session.begin();
    const found = Cursor.safeParse(await session.run(dialect.lockCursor(schema, cursor)));
    if (!found.success)
      throw new AppError(
        'mirror.cursor_lost',
        'the row of the cursor is gone from the target; copying begins anew',
        {
          context: cursor,
          retry: 'safe',
        },
      );
    const [{ position }] = found.data;
    const {
      rows,
      last: newest,
      prunedThrough,
    } = await fromSource(source, async () => ({
      rows: await source.read(position, limit),
      last: await source.last(),
      prunedThrough: await source.prunedThrough(),
    }));
    // Its next rows would take positions that the cursor has passed, and never be copied.
    if (newest < position)
      throw new AppError(
        'mirror.source_went_back',
        `${source.name}: the target has rows up to ${position}, the source only up to ${newest}: it was put back to an ` +
          'older state; give it a new stream',
        { context: { ...cursor, position, newest } },
      );
    const gap = prunedThrough > position ? { after: position, through: prunedThrough } : null;
    const last = checkOrder(rows, position);
    if (last > position) {
      const checked = rows.map((row) => ({ table: row.table, values: check(row) }));
      for (const table of source.tables) {
        const latest = latestByKey(
          table,
          checked.filter((row) => row.table === table.name).map(({ values }) => values),
        );
        if (latest.length > 0) await session.run(dialect.upsert(schema, table, latest));
      }
      await session.run(dialect.moveCursor(schema, cursor, last, new Date(now).toISOString()));
    }
    await session.commit();
    return { position: last, rows: rows.length, gap };
  };
}

/** The last position. A row out of order would be passed over by the cursor, so it is never taken. */
function checkOrder(rows: readonly SourceRow[], after: Position): Position {
  return rows.reduce((before, { position }) => {
    if (Number.isSafeInteger(position) && position > before) return position;
    throw new InternalError('mirror.out_of_order', `the source gives position ${position} after ${before}`);
  }, after);
}

/** A statement can write a row once only; of several, the last is what stands. */
function latestByKey(table: Table, rows: readonly CheckedRow[]): CheckedRow[] {
  const latest = new Map<string, CheckedRow>();
  for (const row of rows)
    latest.set(
      canonicalJson(
        table.key.map((name) => (typeof row[name] === 'boolean' ? row[name] : String(row[name]))),
      ),
      row,
    );
  return [...latest.values()];
}
