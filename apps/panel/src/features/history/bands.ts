import type { History } from '@vakhta/api';
import type { Instant } from '@vakhta/kernel';

/** One state for as long as it lasted. */
export interface Band {
  from: Instant;
  to: Instant;
  /** Null: it could not be known. */
  value: unknown;
}

/** A history as states one after another; what was said twice in a row is one band. Nothing before anything was said. */
export function toBands({ from, to, before, points }: History, now: Instant): Band[] {
  const start = Date.parse(from);
  const end = Math.min(Date.parse(to), now);
  const said = [
    ...(before ? [{ at: start, value: before.value }] : []),
    ...points.map(({ at, value }) => ({ at: Math.max(start, Date.parse(at)), value })),
  ];
  const bands: Band[] = [];
  for (const { at, value } of said) {
    const last = bands.at(-1);
    if (last && JSON.stringify(last.value) === JSON.stringify(value)) continue;
    if (last) last.to = at;
    bands.push({ from: at, to: end, value });
  }
  return bands.filter((band) => band.to > band.from);
}
