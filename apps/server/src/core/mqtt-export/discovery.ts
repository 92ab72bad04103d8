import type { DataSchema, Localized, PropertyAffordance } from '@vakhta/things';
import type { ExportedThing } from './exported-thing.ts';
import type { Topics } from './topics.ts';

export interface DiscoveryOptions {
  topics: Topics;
  /** Below which Home Assistant looks for devices: 'homeassistant'. */
  prefix: string;
  language: keyof Localized;
  version: string;
  /** Where people open the desk. */
  desk: string;
}

type Component = Record<string, unknown>;

/** Of Home Assistant's device discovery: https://www.home-assistant.io/integrations/mqtt/#device-discovery-payload */
export const discoveryTopic = (prefix: string, thing: string): string =>
  `${prefix}/device/vakhta_${thing}/config`;

export const anyDiscovery = (prefix: string): string => `${prefix}/device/+/config`;

/** The thing that a discovery topic is of; undefined for a device that is none of ours. */
export const thingOfDiscovery = (prefix: string, topic: string): string | undefined =>
  topic.startsWith(`${prefix}/device/vakhta_`) && topic.endsWith('/config')
    ? topic.slice(`${prefix}/device/vakhta_`.length, -'/config'.length)
    : undefined;

/** A thing as a device of Home Assistant: a sensor for each property that is a word or a figure, and its events. */
export function discoveryOf(thing: ExportedThing, options: DiscoveryOptions): string {
  const { topics, language, version, desk } = options;
  const { id, name, site, model } = thing;
  const components: [string, Component][] = [];
  for (const [property, affordance] of Object.entries(model.properties)) {
    const component = componentOf(affordance);
    if (!component) continue;
    components.push([
      property,
      {
        ...component,
        unique_id: `vakhta_${id}_${property}`,
        name: affordance.title[language],
        state_topic: topics.property(thing, property),
        ...(affordance.section !== 'state' && { entity_category: 'diagnostic' }),
      },
    ]);
  }
  const events = Object.keys(model.events);
  if (events.length > 0)
    components.push([
      'events',
      {
        platform: 'event',
        unique_id: `vakhta_${id}_events`,
        name: { en: 'Events', ru: 'События' }[language],
        state_topic: topics.events(thing),
        event_types: events,
      },
    ]);
  return JSON.stringify({
    device: {
      identifiers: [`vakhta_${id}`],
      name,
      model: model.title[language],
      suggested_area: site,
      configuration_url: `${desk}/things/${id}`,
    },
    origin: { name: 'Vakhta', sw_version: version, support_url: desk },
    availability: [{ topic: topics.desk }, { topic: topics.presence(thing) }],
    availability_mode: 'all',
    qos: 1,
    components: Object.fromEntries(components),
  });
}

/** Lists and groups of values have no entity; they are published all the same. */
function componentOf({ schema }: PropertyAffordance): Component | undefined {
  switch (schema.type) {
    case 'boolean':
      return { platform: 'binary_sensor', payload_on: 'true', payload_off: 'false' };
    case 'integer':
    case 'number':
      return { platform: 'sensor', state_class: 'measurement', ...quantityOf(schema) };
    case 'string':
      if (schema.display === 'secret') return undefined;
      return schema.choices
        ? { platform: 'sensor', device_class: 'enum', options: schema.choices.map((choice) => choice.const) }
        : { platform: 'sensor' };
    case 'object':
    case 'array':
      return undefined;
  }
}

function quantityOf({ unit, display }: DataSchema): Component {
  if (unit === undefined) return {};
  const kind = unit === '°C' ? 'temperature' : display === 'duration' ? 'duration' : undefined;
  return { unit_of_measurement: unit, ...(kind && { device_class: kind }) };
}
