import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from './canonical-json.ts';

test('the order of keys makes no difference, and the text is JSON of the same value', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(canonicalJson(reversed(value))).toBe(text);
    }),
  );
});

test('keys are sorted by UTF-16 code units, as RFC 8785 §3.2.3 shows', () => {
  const sorted = ['\r', '1', '\u0080', 'ö', '\u20ac', '\u{1f600}', '\ufb33'];
  const given = Object.fromEntries([...sorted].reverse().map((key) => [key, 0]));
  expect(canonicalJson(given)).toBe(`{${sorted.map((key) => `${JSON.stringify(key)}:0`).join(',')}}`);
});

test('what JSON cannot carry is refused, and undefined members are left out', () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 1n, () => 1, Symbol('x')])
    expect(() => canonicalJson({ value })).toThrow(expect.objectContaining({ code: 'kernel.not_json' }));
  expect(canonicalJson({ a: undefined, b: [undefined, 1] })).toBe('{"b":[null,1]}');
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reversed(member)]),
  );
}
