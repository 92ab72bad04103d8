import type { History } from '@vakhta/api';
import { expect, test } from 'vitest';
import { toBands } from './bands.ts';
import { placeAt, toCurve } from './curve.ts';

const start = Date.UTC(2026, 10, 26);
const iso = (seconds: number) => new Date(start + seconds * 1000).toISOString();
const point = (seconds: number, value: number | string | null) => {
  const figure = typeof value === 'number' ? value : null;
  return { at: iso(seconds), value, count: 1, min: figure, max: figure, mean: figure };
};
const history = (part: Partial<History>): History => ({
  from: iso(0),
  to: iso(100),
  bucket: null,
  before: null,
  points: [],
  ...part,
});
const later = start + 1_000_000;

test('a curve begins with what was so before, and what was said last holds to the end', () => {
  const curve = toCurve(
    history({ before: { at: iso(-50), value: 1 }, points: [point(10, 2), point(20, null), point(30, 3)] }),
    later,
  );
  expect(curve.at.map((at) => (at - start) / 1000)).toEqual([0, 10, 20, 30, 100]);
  expect(curve.last).toEqual([1, 2, null, 3, 3]);
});

test('nothing is drawn beyond now, and nothing where nothing is known', () => {
  expect(toCurve(history({ points: [point(10, 2)] }), start + 40_000).at.at(-1)).toBe(start + 40_000);
  expect(toCurve(history({}), later).at).toEqual([]);
});

test('what was so at an instant is the last said not later than it', () => {
  const at = [10, 20, 30];
  expect([9, 10, 19, 20, 31].map((instant) => placeAt({ at }, instant))).toEqual([-1, 0, 0, 1, 2]);
});

test('states that follow on each other without a change are one band', () => {
  const bands = toBands(
    history({
      before: { at: iso(-5), value: 'on' },
      points: [point(10, 'on'), point(20, 'off'), point(60, null)],
    }),
    later,
  );
  expect(bands.map(({ from, to, value }) => [(from - start) / 1000, (to - start) / 1000, value])).toEqual([
    [0, 20, 'on'],
    [20, 60, 'off'],
    [60, 100, null],
  ]);
});
