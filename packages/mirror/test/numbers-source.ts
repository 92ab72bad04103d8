import type { Position, ReadLimit, Source } from '@vakhta/mirror';
import { reading } from './tables.ts';

/** The numbers 1 to `count` as rows: a source that every process makes the same, without a file. */
export const numbersSource = (count: number): Source => ({
  name: 'numbers',
  stream: 'always',
  tables: [reading],
  read: (after: Position, limit: ReadLimit) =>
    Array.from({ length: Math.max(0, Math.min(limit.rows, count - after)) }, (_, i) => after + i + 1).map(
      (position) => ({
        position,
        table: 'reading',
        at: position,
        values: { id: position, at: position, value: position },
      }),
    ),
  last: () => count,
  pending: (after) => ({ rows: count - after, oldestAt: after < count ? after + 1 : null }),
  prunedThrough: () => 0,
  mirroredThrough: () => null,
  mirrored: () => {},
});
