import { expect, test } from 'vitest';
import { fieldsOf } from './fields-of.ts';

const schemas = {
  Json: { anyOf: ['string', 'number', 'boolean', 'null', 'array'].map((type) => ({ type })) },
};

test('fields are told from the outside in, with what they are limited to', () => {
  const fields = fieldsOf(
    {
      type: 'object',
      required: ['items'],
      properties: {
        items: {
          type: 'array',
          items: {
            type: 'object',
            required: ['at'],
            properties: {
              at: { type: 'string', format: 'date-time', description: 'When.' },
              value: { $ref: '#/components/schemas/Json' },
              state: { anyOf: [{ type: 'string', enum: ['on', 'off'] }, { type: 'null' }] },
            },
          },
        },
        limit: { type: 'integer', minimum: 1, maximum: 1000, default: 100 },
        readings: { type: 'object', additionalProperties: { type: 'number' } },
      },
    },
    schemas,
  );
  expect(
    fields.map(({ path, type, required, limits, preset }) => [path, type, required, limits, preset]),
  ).toEqual([
    ['items', 'object[]', true, '', undefined],
    ['items[].at', 'date-time', true, '', undefined],
    ['items[].value', 'JSON', false, '', undefined],
    ['items[].state', 'string | null', false, 'on | off', undefined],
    ['limit', 'integer', false, '1 … 1000', '100'],
    ['readings', '{ …: number }', false, '', undefined],
  ]);
  expect(fields[1]!.text).toBe('When.');
});

test('a schema that holds itself has an end', () => {
  const nested: Record<string, object> = {
    Node: { type: 'object', properties: { child: { $ref: '#/components/schemas/Node' } } },
  };
  const fields = fieldsOf({ $ref: '#/components/schemas/Node' }, nested);
  expect(fields.at(-1)!.path).toBe('child.child.child.child.child');
});
