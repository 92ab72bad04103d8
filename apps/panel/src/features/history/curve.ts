import type { History } from '@vakhta/api';
import type { Instant } from '@vakhta/kernel';

/** A figure over time, as columns; `at` in milliseconds, growing. Null where it could not be known. */
export interface Curve {
  at: Instant[];
  last: (number | null)[];
  min: (number | null)[];
  max: (number | null)[];
}

const figure = (value: unknown): number | null => (typeof value === 'number' ? value : null);

/**
 * What is drawn of a history: it begins with what was so before, and what was said last holds to the end, since nothing
 * observed means nothing changed. `now` ends a span that reaches beyond it.
 */
export function toCurve({ from, to, before, points }: History, now: Instant): Curve {
  const curve: Curve = { at: [], last: [], min: [], max: [] };
  const start = Date.parse(from);
  const put = (at: Instant, last: number | null, min: number | null, max: number | null) => {
    curve.at.push(at);
    curve.last.push(last);
    curve.min.push(min);
    curve.max.push(max);
  };
  const first = points[0];
  if (before && (!first || Date.parse(first.at) > start)) {
    const value = figure(before.value);
    put(start, value, value, value);
  }
  for (const { at, value, min, max } of points) put(Math.max(start, Date.parse(at)), figure(value), min, max);
  const end = Math.min(Date.parse(to), now);
  const last = curve.last.at(-1);
  if (last !== undefined && curve.at.at(-1)! < end) put(end, last, last, last);
  return curve;
}

/** The place in a curve of what was so at an instant; -1 before it begins. */
export function placeAt({ at }: Pick<Curve, 'at'>, instant: Instant): number {
  let low = 0;
  let high = at.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (at[middle]! <= instant) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
