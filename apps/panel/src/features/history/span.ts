import { type Duration, days, hours, type Instant, seconds } from '@vakhta/kernel';

/** What a chart spans: so long up to now, or from one moment to another. */
export type Span = { kind: 'last'; length: Duration } | { kind: 'own'; from: Instant; to: Instant };

export interface Range {
  from: Instant;
  to: Instant;
}

export const lengths = {
  hour: hours(1),
  quarter: hours(6),
  day: days(1),
  week: days(7),
  month: days(30),
} as const satisfies Record<string, Duration>;
export type LengthName = keyof typeof lengths;

const SHORTEST = seconds(10);
const LONGEST = days(366 * 5);
/** What is moved by, of the span. */
const STEP = 0.5;

/** How far apart two looks at a span that ends now are worth being: a point of a chart of this many. */
export const refreshOf = (length: Duration): Duration => Math.max(seconds(10), length / 2000);

/** The two ends of a span. One that ends now moves on by steps, so that what was asked for is not asked at each tick. */
export function rangeOf(span: Span, now: Instant): Range {
  if (span.kind === 'own') return span;
  const step = refreshOf(span.length);
  const to = Math.floor(now / step) * step + step;
  return { from: to - span.length, to };
}

/** A span `factor` as long in which `about`, the middle unless given, keeps its place; ends at the latest now. */
export function zoom({ from, to }: Range, factor: number, now: Instant, about = (from + to) / 2): Span {
  const length = Math.min(LONGEST, Math.max(SHORTEST, (to - from) * factor));
  const start = about - ((about - from) / (to - from || 1)) * length;
  return endingBy({ from: start, to: start + length }, now);
}

/** The span before or after it, half of it the same. */
export const move = ({ from, to }: Range, direction: -1 | 1, now: Instant): Span => {
  const by = (to - from) * STEP * direction;
  return endingBy({ from: from + by, to: to + by }, now);
};

function endingBy({ from, to }: Range, now: Instant): Span {
  const over = Math.max(0, to - now);
  return { kind: 'own', from: Math.round(from - over), to: Math.round(to - over) };
}

/** A part that was drawn over with the pointer. */
export function pick(a: Instant, b: Instant, now: Instant): Span {
  const range = { from: Math.min(a, b), to: Math.max(a, b) };
  return range.to - range.from < SHORTEST
    ? zoom({ from: range.from - 1, to: range.to + 1 }, 1, now)
    : endingBy(range, now);
}
