import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DataSchema, parseValue } from './data-schema.ts';

const relay: DataSchema = {
  type: 'object',
  properties: {
    kind: { type: 'string', choices: [{ const: 'none', title: { en: 'None', ru: 'Нет' } }], default: 'none' },
    line: { type: 'integer', minimum: 0, maximum: 63 },
    tags: { type: 'array', items: { type: 'string', maxLength: 3, pattern: '^[a-z]+$' } },
    nested: { type: 'object', properties: { on: { type: 'boolean' } }, required: ['on'] },
  },
  required: ['kind'],
};

test('defaults are filled in and what is absent stays absent', () => {
  expect(parseValue(relay, {})).toEqual({ ok: true, value: { kind: 'none' } });
});

test.each([
  [{ line: 64 }, 'line', 'maximum'],
  [{ line: -1 }, 'line', 'minimum'],
  [{ line: 1.5 }, 'line', 'type'],
  [{ line: '1' }, 'line', 'type'],
  [{ line: Number.NaN }, 'line', 'type'],
  [{ kind: 'gpio' }, 'kind', 'enum'],
  [{ tags: ['ab', 'abcd'] }, 'tags.1', 'maxLength'],
  [{ tags: ['A'] }, 'tags.0', 'pattern'],
  [{ nested: {} }, 'nested.on', 'required'],
  [{ nested: { on: 1 } }, 'nested.on', 'type'],
  [{ lien: 1 }, 'lien', 'additionalProperties'],
  [[], '', 'type'],
  [null, '', 'type'],
])('%j is refused, naming the field and the rule', (value, field, rule) => {
  expect(parseValue(relay, value)).toMatchObject({ ok: false, error: { field, rule } });
});

test('any value of any form is judged without a throw, and nothing unknown gets through', () => {
  fc.assert(
    fc.property(fc.anything({ withNullPrototype: true }), (value) => {
      const parsed = parseValue(relay, value);
      if (parsed.ok) expect(parseValue(relay, parsed.value)).toEqual(parsed);
    }),
  );
});
