import type { Thing } from '@vakhta/api';
import type { ThingModel, Tone } from '@vakhta/things';
import { toneOf } from './format/value.ts';

/** What an operator wants to know first of a thing. */
export type Condition = 'online' | 'attention' | 'offline';

export const conditionTones: Readonly<Record<Condition, Tone>> = {
  online: 'good',
  attention: 'attention',
  offline: 'bad',
};

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

/** The properties that need somebody's eye: a lamp that says so, or something that is not as it was asked. */
export function worriesOf(thing: Thing, model: ThingModel): string[] {
  const lamps = model.layout.lamps.filter((name) => {
    const schema = model.properties[name]?.schema;
    const tone = schema && toneOf(schema, thing.properties[name]?.value);
    return tone === 'bad' || tone === 'attention';
  });
  const differing = Object.keys(model.properties).filter((name) => disagreementOf(thing, model, name));
  return [...new Set([...lamps, ...differing])];
}

/** Offline; else in need of attention where anything worries; else all right. */
export function conditionOf(thing: Thing, model: ThingModel | undefined): Condition {
  if (!thing.online) return 'offline';
  return model && worriesOf(thing, model).length > 0 ? 'attention' : 'online';
}

/** When a value was last known to hold: when it was observed, or when its thing was last heard of if that is later. */
export const heldAt = (thing: Thing, name: string): string | null => {
  const at = thing.properties[name]?.at ?? null;
  return at !== null && thing.lastSeen !== null && thing.lastSeen > at ? thing.lastSeen : at;
};
