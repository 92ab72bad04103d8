import type { DataSchema } from './data-schema.ts';
import type { Localized } from './localized.ts';
import type { ThingModel } from './thing-model.ts';

const CONTEXT = ['https://www.w3.org/2022/wot/td/v1.1', { vakhta: 'https://vakhta.dev/ns#' }] as const;

const words = (title: Localized | undefined, description: Localized | undefined) => ({
  ...(title && { title: title.en, titles: title }),
  ...(description && { description: description.en, descriptions: description }),
});

/** A DataSchema in the words of TD 1.1 §5.3.2; ours stay behind the `vakhta:` prefix. */
function toWotSchema(schema: DataSchema): Record<string, unknown> {
  const { title, description, choices, items, properties, optionsFrom, maximumFrom, display, ...standard } =
    schema;
  return {
    ...standard,
    ...words(title, description),
    ...(choices && {
      oneOf: choices.map((choice) => ({ const: choice.const, title: choice.title.en, titles: choice.title })),
    }),
    ...(items && { items: toWotSchema(items) }),
    ...(properties && { properties: mapValues(properties, toWotSchema) }),
    ...(optionsFrom && { 'vakhta:optionsFrom': optionsFrom }),
    ...(maximumFrom && { 'vakhta:maximumFrom': maximumFrom }),
    ...(display && { 'vakhta:display': display }),
  };
}

const mapValues = <In, Out>(
  record: Record<string, In>,
  map: (value: In, name: string) => Out,
): Record<string, Out> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value, name)]));

export interface ThingDescriptionOptions {
  thing: { id: string; name: string };
  /** Where the API is served, without a slash at the end: 'https://desk.example/api/v1'. */
  base: string;
}

/** A WoT Thing Description 1.1 of one thing: its model, with the HTTP forms that read and act on it. */
export function toThingDescription(
  model: ThingModel,
  options: ThingDescriptionOptions,
): Record<string, unknown> {
  const { thing, base } = options;
  const here = `${base}/things/${thing.id}`;
  return {
    '@context': CONTEXT,
    '@type': 'Thing',
    id: `urn:uuid:${thing.id}`,
    title: thing.name,
    ...(model.description && { description: model.description.en, descriptions: model.description }),
    version: { instance: model.version, model: model.version },
    base: `${base}/`,
    securityDefinitions: {
      token: { scheme: 'bearer', in: 'header', name: 'Authorization', format: 'opaque' },
    },
    security: ['token'],
    links: [{ rel: 'type', href: `${base}/models/${model.id}`, type: 'application/tm+json' }],
    properties: mapValues(model.properties, (property, name) => ({
      ...toWotSchema(property.schema),
      ...words(property.title, property.description),
      readOnly: true,
      observable: true,
      'vakhta:delivery': property.delivery,
      forms: [{ href: `${here}/properties/${name}`, op: ['readproperty'], contentType: 'application/json' }],
    })),
    actions: mapValues(model.actions, (action, name) => ({
      ...words(action.title, action.description),
      ...(action.input && { input: toWotSchema(action.input) }),
      ...(action.output && { output: toWotSchema(action.output) }),
      safe: action.risk === 'view',
      idempotent: action.idempotent,
      synchronous: false,
      'vakhta:risk': action.risk,
      ...(action.effect && { 'vakhta:effect': action.effect }),
      forms: [{ href: `${here}/actions/${name}`, op: ['invokeaction'], contentType: 'application/json' }],
    })),
    events: mapValues(model.events, (event, name) => ({
      ...words(event.title, event.description),
      ...(event.data && { data: toWotSchema(event.data) }),
      'vakhta:severity': event.severity,
      forms: [
        {
          href: `${base.replace(/^http/, 'ws')}/live`,
          op: ['subscribeevent', 'unsubscribeevent'],
          subprotocol: 'vakhta-live',
          contentType: 'application/json',
          'vakhta:event': name,
        },
      ],
    })),
  };
}
