import { type Duration, days, hours, minutes, seconds } from '@vakhta/kernel';

/** The widths that figures are kept by; each is a multiple of the one before. */
export const ROLLUP_WIDTHS = [minutes(5), hours(1)] as const;

/** The widths people read off an axis without counting. From the rollups' own on, each is a multiple of one of them. */
const WIDTHS: readonly Duration[] = [
  ...[1, 2, 5, 10, 15, 30].map(seconds),
  ...[1, 2, 5, 10, 15, 30].map(minutes),
  ...[1, 2, 3, 6, 12].map(hours),
  ...[1, 7, 28, 364].map(days),
];

/** The smallest of those widths that cuts a span into at most `points` buckets. */
export const bucketWidth = (span: Duration, points: number): Duration =>
  WIDTHS.find((width) => span / width <= points) ?? WIDTHS.at(-1)!;

/** The widest rollups that buckets of a width can be put together from; nothing where only the log is fine enough. */
export const rollupWidth = (width: Duration): Duration | undefined =>
  ROLLUP_WIDTHS.findLast((rollup) => width % rollup === 0);
