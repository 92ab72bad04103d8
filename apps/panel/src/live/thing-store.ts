import type { LiveMessage, PropertyState, Thing } from '@vakhta/api';
import { type Schedule, Topics } from './flush.ts';

const EVERY = '*';

/**
 * What is known of every thing, by its id: lists asked of the server, kept current by the live socket. Each thing is an
 * immutable record replaced when it changes, so that a card redraws for its own thing only, once a frame at most.
 */
export class ThingStore {
  readonly #things = new Map<string, Thing>();
  readonly #topics: Topics;
  #version = 0;

  constructor(schedule: Schedule) {
    this.#topics = new Topics(schedule);
  }

  get(id: string): Thing | undefined {
    return this.#things.get(id);
  }

  /** Grows with every change; cheap to compare. */
  get version(): number {
    return this.#version;
  }

  subscribe(id: string, listener: () => void): () => void {
    return this.#topics.subscribe(id, listener);
  }

  subscribeAll(listener: () => void): () => void {
    return this.#topics.subscribe(EVERY, listener);
  }

  /** Takes things as the server answered them. A live value newer than the answer stays: the two race. */
  load(things: readonly Thing[]): void {
    for (const thing of things) {
      const known = this.#things.get(thing.id);
      this.#put(known ? newest(known, thing) : thing);
    }
  }

  apply(message: LiveMessage): void {
    switch (message.type) {
      case 'property': {
        const thing = this.#things.get(message.thing);
        const before = thing?.properties[message.name];
        if (!thing || (before && before.at > message.at)) return;
        const state = { value: message.value, at: message.at, stale: false };
        this.#put({ ...thing, properties: { ...thing.properties, [message.name]: state } });
        return;
      }
      case 'presence': {
        const thing = message.thing === undefined ? undefined : this.#things.get(message.thing);
        if (!thing) return;
        const { online, at } = message;
        this.#put({
          ...thing,
          online,
          lastSeen: online ? later(thing.lastSeen, at) : thing.lastSeen,
          offlineReason: online ? null : thing.offlineReason,
        });
        return;
      }
      case 'confirmed':
        for (const [id, at] of message.things) {
          const thing = this.#things.get(id);
          if (thing) this.#put({ ...thing, lastSeen: later(thing.lastSeen, at) });
        }
        return;
    }
  }

  #put(thing: Thing): void {
    this.#things.set(thing.id, thing);
    this.#version += 1;
    this.#topics.touch(thing.id, EVERY);
  }
}

/** ISO 8601 in UTC with the same number of digits sorts as text. */
const later = (a: string | null, b: string | null): string | null =>
  a === null || (b !== null && b > a) ? b : a;

function newest(known: Thing, answered: Thing): Thing {
  const properties: Record<string, PropertyState> = { ...answered.properties };
  for (const [name, state] of Object.entries(known.properties)) {
    const other = properties[name];
    if (other && state.at > other.at) properties[name] = state;
  }
  return { ...answered, properties, lastSeen: later(known.lastSeen, answered.lastSeen) };
}
