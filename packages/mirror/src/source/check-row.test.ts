import { expect, expectTypeOf, test } from 'vitest';
import { everything, machine } from '../../test/tables.ts';
import { rowChecker } from './check-row.ts';
import type { Row, RowOf } from './table.ts';

const check = rowChecker(everything);
const base = { id: 'a', day: '2026-01-01' };

test('what is left out is null, what is given stays', () => {
  expect(rowChecker(machine)({ serial: 'A', credits: 5n }, 1)).toEqual({
    serial: 'A',
    credits: 5n,
    note: null,
  });
});

test.each<[string, Row]>([
  ['a missing key', { day: '2026-01-01' }],
  ['a key that is null', { ...base, id: null }],
  ['a key that ends with a space, which SQL Server takes for the one without', { ...base, id: 'a ' }],
  ['a column nobody declared', { ...base, other: 1 }],
  ['a fraction for a whole number', { ...base, whole: 1.5 }],
  ['a number that has lost its last digits', { ...base, whole: 2 ** 53 }],
  ['a number beyond 64 bits', { ...base, whole: 2n ** 63n }],
  ['what is no number', { ...base, real: Number.NaN }],
  ['infinity', { ...base, real: Number.POSITIVE_INFINITY }],
  ['too many digits after the point', { ...base, exact: '1.005' }],
  ['too many digits before it', { ...base, exact: '12345678901' }],
  ['a decimal that is a float', { ...base, exact: 1.5 }],
  ['an exponent', { ...base, exact: '1e3' }],
  ['a text too long', { ...base, short: 'abcdef' }],
  ['a date that does not exist', { ...base, day: '2026-02-30' }],
  ['an instant before the year 1', { ...base, at: -62_135_596_800_001 }],
  ['an instant after the year 9999', { ...base, at: 253_402_300_800_000 }],
  ['bytes as text', { ...base, raw: 'ff' }],
])('%s is refused with table and position', (_, row) => {
  expect(() => check(row, 17)).toThrow(
    expect.objectContaining({ code: 'mirror.bad_row', context: { table: 'everything', position: 17 } }),
  );
});

test.each(['0', '-0.5', '1234567890.99', '7'])(
  '%s is a decimal of twelve digits, two after the point',
  (exact) => {
    expect(check({ ...base, exact }, 1).exact).toBe(exact);
  },
);

test('the row type follows from the declaration', () => {
  expectTypeOf<RowOf<typeof machine>>().toEqualTypeOf<
    { readonly serial: string; readonly credits: number | bigint } & { readonly note?: string | null }
  >();
});
