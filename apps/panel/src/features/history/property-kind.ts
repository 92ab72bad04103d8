import type { ThingModel } from '@vakhta/things';

/** How a property's past is drawn: a curve, a band of states, or not at all (lists, secrets, instants). */
export function kindOf(model: ThingModel, name: string): 'figure' | 'states' | undefined {
  const schema = model.properties[name]?.schema;
  if (!schema || schema.display === 'secret' || schema.display === 'instant') return undefined;
  switch (schema.type) {
    case 'integer':
    case 'number':
      return 'figure';
    case 'boolean':
    case 'string':
      return 'states';
    default:
      return undefined;
  }
}

const FEW = 6;

/** What is drawn until somebody chooses: what the model itself puts first. */
export function firstShown(model: ThingModel): string[] {
  const names = [...model.layout.figures, ...model.layout.lamps, ...Object.keys(model.properties)];
  return [...new Set(names)].filter((name) => kindOf(model, name)).slice(0, FEW);
}
