import { days, hours, minutes } from '@vakhta/kernel';
import { expect, test } from 'vitest';
import { fromField, momentOf, reachOf, toField, windowOf } from './moment.ts';

const now = Date.UTC(2026, 10, 26, 12, 0, 0, 400);

test('a moment is a whole second, and never one that is yet to come', () => {
  expect(momentOf(now - 1000, now)).toBe('2026-11-26T11:59:59.000Z');
  expect(momentOf(now + hours(1), now)).toBe('2026-11-26T12:00:00.000Z');
});

test('the scrubber reaches as far as it must, and no further', () => {
  expect(reachOf(now - minutes(5), now)).toBe('hour');
  expect(reachOf(now - hours(3), now)).toBe('day');
  expect(reachOf(now - days(400), now)).toBe('month');
});

test('a moment out of reach stands in the middle; one within it has now at the right', () => {
  const near = windowOf(now - hours(2), now, 'day');
  expect(now - near.to).toBeLessThan(1000);
  const far = windowOf(now - days(100), now, 'day');
  expect((far.from + far.to) / 2).toBeCloseTo(now - days(100), -4);
});

test('what a field says is read back to the second', () => {
  const at = Date.UTC(2026, 10, 25, 3, 4, 5);
  expect(fromField(toField(at))).toBe(at);
  expect(fromField('')).toBeUndefined();
});
