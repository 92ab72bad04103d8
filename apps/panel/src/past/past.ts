import type { Thing, ThingStateAsOf } from '@vakhta/api';
import type { Instant } from '@vakhta/kernel';
import { createContext, useContext } from 'react';

/** The instant in the past that a part of the page shows in place of the present. */
export interface Past {
  at: Instant;
  states: Readonly<Record<string, ThingStateAsOf>>;
}

export const PastContext = createContext<Past | undefined>(undefined);

/** What instant this part of the page shows; undefined: the present, as it happens. */
export const usePast = (): Past | undefined => useContext(PastContext);

/** A thing's code for a moment at which nothing had been said of it yet. */
export const NOT_KNOWN_YET = 'not_known_yet';

const silence: ThingStateAsOf = { online: null, reason: null, since: null, properties: {} };

/**
 * A thing as it was: its state is of then, its name and its place are of now. While it answered its values held, however
 * long ago they had changed.
 */
export function thingAsOf(thing: Thing, { at, states }: Past): Thing {
  const { online, reason, since, properties } = states[thing.id] ?? silence;
  const notKnown =
    online === null ? { code: NOT_KNOWN_YET, message: 'nothing had been said of it yet' } : null;
  return {
    ...thing,
    online: online === true,
    offlineReason: notKnown ?? reason,
    lastSeen: online ? new Date(at).toISOString() : since,
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, state]) => [name, { ...state, stale: online !== true }]),
    ),
  };
}
