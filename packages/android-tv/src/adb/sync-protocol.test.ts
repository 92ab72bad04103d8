import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeStatV1, decodeStatV2, encodeStatV1, encodeStatV2 } from './sync-protocol.ts';

const stats = (largest: number) =>
  fc.record({
    mode: fc.integer({ min: 1, max: 0o177777 }),
    size: fc.integer({ min: 0, max: largest }),
    mtime: fc.integer({ min: 0, max: 0xffffffff }).map((seconds) => seconds * 1000),
  });

test('stat v1 says size, mode and time up to 4 GiB', () => {
  fc.assert(
    fc.property(stats(0xffffffff), (stat) => {
      expect(decodeStatV1(encodeStatV1(stat))).toEqual(stat);
    }),
  );
  expect(decodeStatV1(encodeStatV1(undefined))).toBeUndefined();
});

test('stat v2 says them for larger files too, and tells a missing one', () => {
  fc.assert(
    fc.property(stats(2 ** 40), (stat) => {
      expect(decodeStatV2(encodeStatV2(stat))).toEqual({ errno: 0, stat });
    }),
  );
  expect(decodeStatV2(encodeStatV2(undefined)).errno).toBe(2);
});
