import * as z from 'zod';
import { HttpProblem } from './http-problem.ts';

/** Where a page ended: the values of its order's columns, opaque to callers. */
export const cursorOf = (...values: string[]): string =>
  Buffer.from(JSON.stringify(values)).toString('base64url');

/** Reads back what `cursorOf` made of `length` values; throws `HttpProblem` for anything else. */
export function parseCursor(cursor: string, length: number): string[] {
  try {
    return z
      .array(z.string())
      .length(length)
      .parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    throw new HttpProblem('invalid_field', 'cursor: not one of ours', { field: 'cursor', rule: 'format' });
  }
}

/** Where a list in the order of names goes on; nothing for its first page. */
export function afterName(cursor: string | undefined): { after?: { name: string; id: string } } {
  if (!cursor) return {};
  const [name, id] = parseCursor(cursor, 2) as [string, string];
  return { after: { name, id } };
}

/** A page in the order of names, of rows that were read one more than `limit`. */
export function pageByName<Row extends { id: string; name: string }>(
  rows: readonly Row[],
  limit: number,
): { items: Row[]; next: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? cursorOf(last.name, last.id) : null };
}
