import type { Thing } from '@vakhta/api';
import type { ThingModel } from '@vakhta/things';
import { toneOf } from './format/value.ts';

/** What an operator wants to know first of a thing. */
export type Condition = 'online' | 'attention' | 'offline';

/** What was asked of a property and is not so. */
export interface Disagreement {
  asked: unknown;
  is: unknown;
}

/** Whether a property differs from what was asked of it. Nothing asked, or not known, is no disagreement. */
export function disagreementOf(thing: Thing, model: ThingModel, name: string): Disagreement | undefined {
  const askedName = model.properties[name]?.asked;
  if (askedName === undefined) return undefined;
  const asked = thing.properties[askedName]?.value ?? null;
  const is = thing.properties[name]?.value ?? null;
  if (asked === null || is === null || JSON.stringify(asked) === JSON.stringify(is)) return undefined;
  return { asked, is };
}

/** Offline; else in need of attention where a lamp says so or something is not as asked; else all right. */
export function conditionOf(thing: Thing, model: ThingModel | undefined): Condition {
  if (!thing.online) return 'offline';
  if (!model) return 'online';
  const worried = model.layout.lamps.some((name) => {
    const schema = model.properties[name]?.schema;
    const tone = schema && toneOf(schema, thing.properties[name]?.value);
    return tone === 'bad' || tone === 'attention';
  });
  if (worried) return 'attention';
  const differs = Object.keys(model.properties).some((name) => disagreementOf(thing, model, name));
  return differs ? 'attention' : 'online';
}

/** When a value was last known to hold: when it was observed, or when its thing was last heard of if that is later. */
export const heldAt = (thing: Thing, name: string): string | null => {
  const at = thing.properties[name]?.at ?? null;
  return at !== null && thing.lastSeen !== null && thing.lastSeen > at ? thing.lastSeen : at;
};
