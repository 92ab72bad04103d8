import { expect, test } from 'vitest';
import { defineThing } from './define-thing.ts';
import type { ThingModelInput } from './thing-model.ts';

const title = { en: 'Lamp', ru: 'Лампа' };
const lamp = {
  id: 'lamp',
  version: '1.0.0',
  title,
  configuration: { type: 'object', properties: {} },
  properties: { on: { title, schema: { type: 'boolean' } } },
  actions: { toggle: { title, effect: { property: 'on' } } },
  events: {},
} satisfies ThingModelInput;

test('defaults are filled in', () => {
  expect(defineThing(lamp)).toMatchObject({
    icon: 'device-unknown',
    properties: { on: { delivery: 'lossy', section: 'state' } },
    actions: { toggle: { risk: 'operate', confirm: 'none', timeout: 30_000 } },
    layout: { lamps: [], pads: [] },
  });
});

test.each<[string, Partial<ThingModelInput>, RegExp]>([
  ['a lamp in the layout that is no property', { layout: { lamps: ['off'] } }, /no property 'off'/],
  ['a button for an action there is not', { layout: { quick: [{ action: 'blink' }] } }, /no action 'blink'/],
  [
    'an effect on nothing',
    { actions: { toggle: { title, effect: { property: 'glow' } } } },
    /no property 'glow'/,
  ],
  [
    'an input that is not an object',
    { actions: { toggle: { title, input: { type: 'string' } } } },
    /must be 'object'/,
  ],
  ['a text in one language', { title: { en: 'Lamp' } as never }, /ru/],
  ['a name that is not camelCase', { events: { 'Went Off': { title } } }, /Went Off/],
  ['a misspelt word', { propertys: {} } as never, /propertys/],
])('%s is refused at start', (_, change, message) => {
  expect(() => defineThing({ ...lamp, ...change })).toThrow(message);
});
