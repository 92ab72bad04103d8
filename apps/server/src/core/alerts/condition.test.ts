import { describe, expect, test } from 'vitest';
import { type Condition, foldCondition, type Standing } from './condition.ts';

const fold = (condition: Condition, ...facts: [at: number, data: number | string | boolean | null][]) =>
  facts.reduce<Standing | undefined>(
    (before, [at, data], index) => foldCondition(condition, before, { id: index + 1, at, data }),
    undefined,
  )!;

describe('a threshold', () => {
  const above: Condition = { kind: 'threshold', direction: 'above', limit: 80, margin: 5 };
  const below: Condition = { kind: 'threshold', direction: 'below', limit: 10, margin: 2 };

  test('holds once passed, not when reached', () => {
    expect(fold(above, [1, 80]).holds).toBe(false);
    expect(fold(above, [1, 80.1]).holds).toBe(true);
    expect(fold(below, [1, 10]).holds).toBe(false);
    expect(fold(below, [1, 9.9]).holds).toBe(true);
  });

  test('a figure that trembles at the limit is one alarm: it ends behind the margin only', () => {
    expect(fold(above, [1, 81], [2, 79], [3, 81], [4, 75.1])).toMatchObject({
      holds: true,
      since: 1,
      logId: 1,
    });
    expect(fold(above, [1, 81], [2, 75])).toMatchObject({ holds: false, since: 2, logId: 2 });
    expect(fold(below, [1, 9], [2, 11.9])).toMatchObject({ holds: true, since: 1 });
    expect(fold(below, [1, 9], [2, 12])).toMatchObject({ holds: false, since: 2 });
  });

  test('between limit and margin it does not begin', () => {
    expect(fold(above, [1, 78]).holds).toBe(false);
  });

  test('what cannot be known neither raises nor ends it', () => {
    expect(fold(above, [1, null]).holds).toBe(false);
    expect(fold(above, [1, 81], [2, null])).toMatchObject({ holds: true, since: 1, value: null });
  });
});

describe('a state', () => {
  test('equal or different, whatever the type of the value', () => {
    expect(fold({ kind: 'state', comparison: 'equals', value: 'off' }, [1, 'off']).holds).toBe(true);
    expect(fold({ kind: 'state', comparison: 'equals', value: 'true' }, [1, true]).holds).toBe(true);
    expect(fold({ kind: 'state', comparison: 'differs', value: '3' }, [1, 3]).holds).toBe(false);
    expect(fold({ kind: 'state', comparison: 'differs', value: '3' }, [1, 4]).holds).toBe(true);
  });

  test('unknown is no different value', () => {
    expect(fold({ kind: 'state', comparison: 'differs', value: 'on' }, [1, 'on'], [2, null]).holds).toBe(
      false,
    );
  });
});

describe('events', () => {
  const thrice: Condition = { kind: 'event', times: 3, within: 10 };

  test('so many within the time, and no sooner', () => {
    expect(fold(thrice, [0, null], [4000, null]).holds).toBe(false);
    expect(fold(thrice, [0, null], [4000, null], [9999, null])).toMatchObject({
      holds: true,
      since: 9999,
      logId: 3,
    });
    expect(fold(thrice, [0, null], [4000, null], [10_000, null]).holds).toBe(false);
  });

  test('one more than needed moves it on; a single late one does not end it', () => {
    expect(fold(thrice, [0, null], [1, null], [2, null], [3, null])).toMatchObject({ since: 3, logId: 4 });
    expect(fold(thrice, [0, null], [1, null], [2, null], [60_000, null])).toMatchObject({
      holds: true,
      since: 2,
    });
  });
});
