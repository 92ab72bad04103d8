import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { expect, test } from 'vitest';
import { defineThing } from './define-thing.ts';
import { toThingDescription } from './thing-description.ts';

// The JSON Schema that the W3C publishes beside the Recommendation.
const officialSchema = createRequire(import.meta.url)(
  'wot-thing-description-types/schema/td-json-schema-validation.json',
);
const ajv = new Ajv({ strict: false, allErrors: true });
formats.default(ajv);
const isThingDescription = ajv.compile(officialSchema);

const kettle = defineThing({
  id: 'kettle',
  version: '1.2.3',
  title: { en: 'Kettle', ru: 'Чайник' },
  description: { en: 'Boils water.', ru: 'Кипятит воду.' },
  configuration: { type: 'object', properties: { host: { type: 'string' } }, required: ['host'] },
  properties: {
    temperature: {
      title: { en: 'Temperature', ru: 'Температура' },
      schema: { type: 'number', unit: '°C', minimum: 0, maximum: 100 },
    },
    mode: {
      title: { en: 'Mode', ru: 'Режим' },
      schema: {
        type: 'string',
        choices: [{ const: 'boil', title: { en: 'Boil', ru: 'Кипячение' }, tone: 'good' }],
      },
      asked: 'temperature',
    },
    faults: {
      title: { en: 'Faults', ru: 'Неисправности' },
      schema: { type: 'array', items: { type: 'object', properties: { code: { type: 'integer' } } } },
      delivery: 'durable',
    },
  },
  actions: {
    heat: {
      title: { en: 'Heat', ru: 'Нагреть' },
      input: {
        type: 'object',
        properties: { to: { type: 'number', minimum: 20, maximum: 100, display: 'duration' } },
        required: ['to'],
      },
      effect: { property: 'temperature', input: 'to' },
      physical: true,
      confirm: 'ask',
      consequence: { en: 'The water gets hot.', ru: 'Вода станет горячей.' },
    },
    stop: { title: { en: 'Stop', ru: 'Остановить' }, idempotent: true },
  },
  events: {
    boiled: { title: { en: 'Boiled', ru: 'Вскипел' }, data: { type: 'object', properties: {} } },
  },
});

const thing = { id: '0190aaaa-bbbb-7ccc-8ddd-eeeeeeeeeeee', name: 'Kitchen kettle' };

test('a thing’s description is valid by the W3C’s own schema of TD 1.1', () => {
  const description = toThingDescription(kettle, { thing, base: 'https://desk.example/api/v1' });
  isThingDescription(JSON.parse(JSON.stringify(description)));
  expect(isThingDescription.errors ?? []).toEqual([]);
});

test('the W3C’s schema would have found a missing form', () => {
  const description = toThingDescription(kettle, { thing, base: 'https://desk.example/api/v1' });
  const properties = description.properties as Record<string, { forms?: unknown }>;
  delete properties.temperature?.forms;
  expect(isThingDescription(JSON.parse(JSON.stringify(description)))).toBe(false);
});

test('every affordance of the model is there, with its words in both languages and an address', () => {
  const description = toThingDescription(kettle, { thing, base: 'https://desk.example/api/v1' });
  expect(description).toMatchObject({
    id: `urn:uuid:${thing.id}`,
    title: 'Kitchen kettle',
    properties: {
      temperature: {
        titles: { ru: 'Температура' },
        type: 'number',
        unit: '°C',
        forms: [{ href: `https://desk.example/api/v1/things/${thing.id}/properties/temperature` }],
      },
      mode: { oneOf: [{ const: 'boil', titles: { ru: 'Кипячение' } }] },
    },
    actions: {
      heat: {
        input: { required: ['to'] },
        idempotent: false,
        forms: [
          { href: `https://desk.example/api/v1/things/${thing.id}/actions/heat`, op: ['invokeaction'] },
        ],
      },
      stop: { idempotent: true },
    },
    events: { boiled: { titles: { ru: 'Вскипел' } } },
  });
});
