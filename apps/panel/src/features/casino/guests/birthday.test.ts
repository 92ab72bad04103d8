import { expect, test } from 'vitest';
import { isBirthday, yearsOn } from './birthday.ts';

test('a year is counted on the birthday, not before', () => {
  expect(yearsOn('1990-11-27', '2026-11-26')).toBe(35);
  expect(yearsOn('1990-11-27', '2026-11-27')).toBe(36);
});

test('29 February is kept on the 28th in a year without one', () => {
  expect(isBirthday('1992-02-29', '2026-02-28')).toBe(true);
  expect(isBirthday('1992-02-29', '2028-02-28')).toBe(false);
  expect(isBirthday('1992-02-29', '2028-02-29')).toBe(true);
  expect(isBirthday('1992-03-01', '2026-02-28')).toBe(false);
});
