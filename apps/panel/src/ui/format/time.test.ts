import { expect, test } from 'vitest';
import { ageOf, durationParts, formatRange } from './time.ts';

test('an age moves calmly: now, then steps of five seconds, then minutes, hours and days', () => {
  expect(ageOf(0, 4_999)).toEqual({ unit: 'now' });
  expect(ageOf(0, 13_900)).toEqual({ unit: 's', n: 10 });
  expect(ageOf(0, 60_000)).toEqual({ unit: 'min', n: 1 });
  expect(ageOf(0, 47 * 3_600_000)).toEqual({ unit: 'h', n: 47 });
  expect(ageOf(0, 49 * 3_600_000)).toEqual({ unit: 'd', n: 2 });
});

test('a clock that is behind makes nothing older than now', () => {
  expect(ageOf(10_000, 0)).toEqual({ unit: 'now' });
});

test('a part of a duration that is zero is left out', () => {
  expect(durationParts(3_600_000)).toEqual([{ n: 1, unit: 'h' }]);
  expect(durationParts(120)).toEqual([{ n: 120, unit: 'ms' }]);
});

test('a span over midnight says both of its days, another one its day once', () => {
  const noon = new Date(2026, 10, 25, 12).getTime();
  const day = formatRange(noon, noon + 24 * 3_600_000, 'en');
  expect(day).toContain('25');
  expect(day).toContain('26');
  const hours = formatRange(noon, noon + 2 * 3_600_000, 'en');
  expect(hours.match(/25/g)).toHaveLength(1);
  expect(hours).not.toContain('12:00:00');
  expect(formatRange(noon, noon + 60_000, 'en')).toContain('12:01:00');
});
