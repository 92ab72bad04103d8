import { canonicalJson, type ThingId } from '@vakhta/kernel';
import type { ObservationOf } from '@vakhta/link';

type PropertyObservation = ObservationOf<'property'>;

interface Slot {
  readonly observation: PropertyObservation;
  readonly text: string;
}

/**
 * Where values wait that need not all be kept: of each property of each thing only the latest, and only if it differs
 * from the one that was last written. They get a number when there is room to send them.
 */
export class LossyLane {
  readonly #waiting = new Map<ThingId, Map<string, Slot>>();
  readonly #written = new Map<ThingId, Map<string, string>>();

  get isEmpty(): boolean {
    return this.#waiting.size === 0;
  }

  set(observation: PropertyObservation): void {
    const { thing, name } = observation;
    const text = canonicalJson(observation.value);
    if (this.#written.get(thing)?.get(name) === text) {
      this.#drop(thing, name);
      return;
    }
    const slots = this.#waiting.get(thing) ?? new Map<string, Slot>();
    this.#waiting.set(thing, slots);
    // The same value seen again keeps the time it was first seen.
    if (slots.get(name)?.text !== text) slots.set(name, { observation, text });
  }

  /** What waits, of one thing or of all, at most `limit` values. They stay here until `written`. */
  waiting(limit: number, thing?: ThingId): PropertyObservation[] {
    const things = thing === undefined ? [...this.#waiting.keys()] : [thing];
    return things
      .flatMap((each) => [...(this.#waiting.get(each)?.values() ?? [])].map((slot) => slot.observation))
      .slice(0, limit);
  }

  /** These values are on disk. One that changed meanwhile goes on waiting. */
  written(observations: readonly PropertyObservation[]): void {
    for (const observation of observations) {
      const { thing, name } = observation;
      const texts = this.#written.get(thing) ?? new Map<string, string>();
      this.#written.set(thing, texts.set(name, canonicalJson(observation.value)));
      if (this.#waiting.get(thing)?.get(name)?.observation === observation) this.#drop(thing, name);
    }
  }

  /** Forgets all about a thing: it is looked after no more, or anew. */
  forget(thing: ThingId): void {
    this.#waiting.delete(thing);
    this.#written.delete(thing);
  }

  #drop(thing: ThingId, name: string): void {
    const slots = this.#waiting.get(thing);
    slots?.delete(name);
    if (slots?.size === 0) this.#waiting.delete(thing);
  }
}
