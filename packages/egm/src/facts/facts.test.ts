import { expect, test } from 'vitest';
import { facts, Reading, valuesOf } from './index.ts';

const reading = {
  cause: 'change',
  meters: [
    { code: '00', value: 1250, digits: 8 },
    { code: '0C', value: 40, digits: 8 },
    { code: 'A0', value: 5000, digits: 10 },
  ],
  frames: ['016F1A0000000004000012500C0004000000401234'],
  clocks: { machine: '2026-01-31T23:59:58', agent: 1_769_900_000_000, monotonic: 12.5, life: 'a' },
};

test('a reading carries meters by code, the bytes they came in, and both clocks', () => {
  const parsed = Reading.parse(reading);
  expect(valuesOf(parsed)).toEqual({ '00': 1250, '0C': 40, A0: 5000 });
});

test.each([
  ['a meter that is no whole number', { meters: [{ code: '00', value: 1.5, digits: 8 }] }],
  ['a lower-case code', { meters: [{ code: 'a0', value: 1, digits: 8 }] }],
  ['no bytes', { frames: [] }],
  ['half a byte', { frames: ['0'] }],
  ['a cause nobody knows', { cause: 'mood' }],
  ['a field nobody knows', { credits: 3 }],
])('a reading with %s is refused', (_, wrong) => {
  expect(Reading.safeParse({ ...reading, ...wrong }).success).toBe(false);
});

test('a transfer’s id is what a machine can keep: 1 to 20 printable characters without a blank', () => {
  const fact = {
    transfer: 'D1-000123',
    kind: 'cashable',
    direction: 'toMachine',
    requestedCents: 5000,
    message: 'initiateReply',
    status: '00',
    amountCents: 5000,
    reason: null,
  };
  expect(facts.transfer.parse(fact)).toMatchObject({ entries: [] });
  for (const transfer of ['', 'D1 000123', 'Ж1', 'x'.repeat(21)])
    expect(facts.transfer.safeParse({ ...fact, transfer }).success).toBe(false);
});
