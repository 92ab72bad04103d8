import { expect, test } from 'vitest';
import { integerBetween, seededRandom } from './random.ts';

test('the same seed gives the same run, another seed another', () => {
  const run = (seed: number) => {
    const random = seededRandom(seed);
    return Array.from({ length: 20 }, () => random.float());
  };
  expect(run(7)).toEqual(run(7));
  expect(run(7)).not.toEqual(run(8));
});

test('numbers are spread evenly over the whole range', () => {
  const random = seededRandom(3);
  const counts = new Array<number>(10).fill(0);
  for (let i = 0; i < 100_000; i++) {
    const n = integerBetween(random, 0, 9);
    counts[n] = (counts[n] ?? 0) + 1;
  }
  // Chi-squared with 9 degrees of freedom stays below 27.9 in 999 of 1000 sources.
  const chiSquared = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
  expect(chiSquared).toBeLessThan(27.9);
});

test('bytes use all eight bits', () => {
  const bytes = seededRandom(4).bytes(5000);
  expect(bytes.reduce((all, byte) => all | byte, 0)).toBe(255);
  expect(new Set(bytes).size).toBeGreaterThan(250);
});
