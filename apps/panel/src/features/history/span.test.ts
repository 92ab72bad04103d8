import { hours, minutes, seconds } from '@vakhta/kernel';
import { expect, test } from 'vitest';
import { lengths, move, pick, rangeOf, refreshOf, zoom } from './span.ts';

const now = Date.UTC(2026, 10, 26, 12);

test('a span that ends now keeps its length and moves on by steps only', () => {
  const span = { kind: 'last', length: lengths.day } as const;
  const first = rangeOf(span, now);
  expect(first.to - first.from).toBe(lengths.day);
  expect(first.to).toBeGreaterThanOrEqual(now);
  const step = refreshOf(lengths.day);
  expect(rangeOf(span, now + step - 1)).toEqual(first);
  expect(rangeOf(span, now + step)).toEqual({ from: first.from + step, to: first.to + step });
});

test('zooming in and out again about the same middle comes back', () => {
  const range = { from: now - hours(10), to: now - hours(6) };
  const closer = zoom(range, 0.5, now);
  expect(closer).toEqual({ kind: 'own', from: now - hours(9), to: now - hours(7) });
  expect(zoom(rangeOf(closer, now), 2, now)).toEqual({ kind: 'own', ...range });
});

test('zooming about the reader keeps the moment where it is', () => {
  const range = { from: now - hours(10), to: now - hours(6) };
  expect(zoom(range, 0.5, now, now - hours(7))).toEqual({
    kind: 'own',
    from: now - hours(8.5),
    to: now - hours(6.5),
  });
});

test('nothing reaches beyond now, and no span becomes shorter than can be drawn', () => {
  const range = { from: now - minutes(30), to: now };
  expect(move(range, 1, now)).toEqual({ kind: 'own', ...range });
  expect(zoom(range, 4, now)).toMatchObject({ to: now });
  const dot = pick(now - hours(1), now - hours(1), now);
  expect(dot.kind === 'own' && dot.to - dot.from).toBe(seconds(10));
});
