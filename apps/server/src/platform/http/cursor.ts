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
