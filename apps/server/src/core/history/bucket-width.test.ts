import { type Duration, days, hours, minutes, seconds } from '@vakhta/kernel';
import { expect, test } from 'vitest';
import { bucketWidth, ROLLUP_WIDTHS, rollupWidth } from './bucket-width.ts';

test('a span is cut into at most as many buckets as there are points to draw', () => {
  for (const points of [50, 333, 2000])
    for (let span = 1; span <= days(3650); span = Math.ceil(span * 1.7))
      expect(Math.ceil(span / bucketWidth(span, points)), `${span} ms`).toBeLessThanOrEqual(points);
});

test('a month on a screen is drawn by the hour, a week by the quarter, a minute by the second', () => {
  const drawn: [Duration, Duration][] = [
    [days(30), hours(1)],
    [days(7), minutes(15)],
    [minutes(1), seconds(1)],
  ];
  for (const [span, width] of drawn) expect(bucketWidth(span, 800)).toBe(width);
});

test('buckets as wide as a rollup are put together from whole rollups', () => {
  for (const width of [minutes(5), minutes(15), hours(1), hours(6), days(7)]) {
    const rollup = rollupWidth(width)!;
    expect(width % rollup).toBe(0);
    expect(ROLLUP_WIDTHS).toContain(rollup);
  }
  expect(rollupWidth(minutes(2))).toBeUndefined();
  expect(rollupWidth(days(1))).toBe(hours(1));
});
