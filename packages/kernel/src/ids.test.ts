import { expect, test } from 'vitest';
import type { Clock } from './clock.ts';
import { isId, newId, type ThingId } from './ids.ts';
import { seededRandom } from './random.ts';
import { systemClock } from './system-clock.ts';

const at = (now: number): Clock => ({ ...systemClock, now: () => now });

test('an id is a UUID of version 7 whose beginning is the time it was made', () => {
  const id = newId<ThingId>({ clock: at(0x017f22e279b0), random: seededRandom(1) });
  // The example of RFC 9562 §A.6 has this time.
  expect(id).toMatch(/^017f22e2-79b0-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(isId(id)).toBe(true);
});

test('ids made later sort later', () => {
  const random = seededRandom(2);
  const ids = Array.from({ length: 100 }, (_, tick) =>
    newId({ clock: at(1_700_000_000_000 + tick), random }),
  );
  expect([...ids].sort()).toEqual(ids);
});

test('ids made within one millisecond sort in the order they were made', () => {
  const deps = { clock: at(1_700_000_000_000), random: seededRandom(3) };
  const ids = Array.from({ length: 2000 }, () => newId(deps));
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});

test('only lower-case UUIDs are ids', () => {
  for (const text of [
    '',
    'x',
    '017F22E2-79B0-7000-8000-000000000000',
    '017f22e2-79b0-0000-8000-000000000000',
  ])
    expect(isId(text)).toBe(false);
});
