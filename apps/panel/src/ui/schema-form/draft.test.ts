import type { DataSchema } from '@vakhta/things';
import { expect, test } from 'vitest';
import { checkDraft, draftOf } from './draft.ts';

const title = { en: 'x', ru: 'x' };
const schema: DataSchema = {
  type: 'object',
  required: ['address'],
  properties: {
    address: { type: 'string', title, minLength: 3 },
    port: { type: 'integer', title, minimum: 1, maximum: 65_535, default: 5555 },
    gain: { type: 'number', title },
    relay: {
      type: 'object',
      title,
      required: ['line'],
      properties: { line: { type: 'integer', title }, inverted: { type: 'boolean', title, default: true } },
    },
  },
};

test('a form starts with what is set, and with defaults elsewhere', () => {
  expect(draftOf(schema, { address: '10.0.0.1', relay: { line: 7 } })).toEqual({
    address: '10.0.0.1',
    port: 5555,
    gain: '',
    relay: { line: 7, inverted: true },
  });
});

test('an untouched form gives back what it was opened with', () => {
  const value = { address: '10.0.0.1', port: 80, relay: { line: 0, inverted: false } };
  expect(checkDraft(schema, draftOf(schema, value))).toEqual({ ok: true, value });
});

test('an empty field is absent, a decimal comma is a decimal point', () => {
  const checked = checkDraft(schema, {
    address: 'tv1',
    port: '',
    gain: '1,5',
    relay: { line: '3', inverted: false },
  });
  expect(checked).toEqual({
    ok: true,
    value: { address: 'tv1', port: 5555, gain: 1.5, relay: { line: 3, inverted: false } },
  });
});

test('everything that is wrong is said at once, by the path of its field', () => {
  const checked = checkDraft(schema, { address: 'a', port: 70_000, gain: 'loud', relay: { line: '' } });
  expect(checked.ok).toBe(false);
  if (checked.ok) return;
  expect(Object.fromEntries([...checked.violations].map(([path, { rule }]) => [path, rule]))).toEqual({
    address: 'minLength',
    port: 'maximum',
    gain: 'type',
    'relay.line': 'required',
  });
});
