import type { Instant, Json, ThingId } from '@vakhta/kernel';
import { type JsonValue, MAX_BATCH, type ObservationOf } from '@vakhta/link';
import type { EventOptions } from '@vakhta/things';
import { LossyLane } from './lossy-lane.ts';
import type { Outbox } from './outbox.ts';

/**
 * Where everything that is seen goes: what must be kept into the outbox at once, what need not into the lossy lane, from
 * which it moves into the outbox when there is room to send it. Dates all of it with the server's time.
 */
export class Recorder {
  readonly outbox: Outbox;
  readonly now: () => Instant;
  readonly #lossy = new LossyLane();
  readonly #onValueWaiting: () => void;

  constructor(deps: { outbox: Outbox; now: () => Instant; onValueWaiting: () => void }) {
    this.outbox = deps.outbox;
    this.now = deps.now;
    this.#onValueWaiting = deps.onValueWaiting;
  }

  get hasValuesWaiting(): boolean {
    return !this.#lossy.isEmpty;
  }

  /** A value of which only the latest counts. */
  value(thing: ThingId, name: string, value: Json): void {
    this.#lossy.set(this.#property(thing, name, value));
    if (!this.#lossy.isEmpty) this.#onValueWaiting();
  }

  /** A value each of which counts; resolves when it is on disk. */
  async durableValue(thing: ThingId, name: string, value: Json): Promise<void> {
    await this.outbox.append([this.#property(thing, name, value)]);
  }

  async event(thing: ThingId, name: string, data: Json, { once }: EventOptions = {}): Promise<void> {
    await this.outbox.append(
      [{ kind: 'event', thing, name, data: data as JsonValue, at: this.now() }],
      once === undefined ? undefined : { thing, name, once },
    );
  }

  lastOnce(thing: ThingId, name: string): string | undefined {
    return this.outbox.file.lastKnownBy(thing, name);
  }

  async presence(
    thing: ThingId,
    online: boolean,
    reason?: ObservationOf<'presence'>['reason'],
  ): Promise<void> {
    await this.outbox.append([{ kind: 'presence', thing, online, reason, at: this.now() }]);
  }

  /** Writes what waits in the lossy lane, a batch at most; false when there is no room or the disk does not take it. */
  flushValues(): boolean {
    const values = this.#lossy.waiting(MAX_BATCH);
    if (values.length === 0) return true;
    if (!this.outbox.writeNow('append', values).ok) return false;
    this.#lossy.written(values);
    return true;
  }

  /**
   * The values of one thing that still wait, to be written together with the result of a command, so that whoever reads
   * "done" also sees what was done. They count as written from now on: the caller stores them for certain.
   */
  takeValues(thing: ThingId): ObservationOf<'property'>[] {
    const values = this.#lossy.waiting(MAX_BATCH, thing);
    this.#lossy.written(values);
    return values;
  }

  /** The thing is looked after no more, or anew: all its values will be news. */
  forget(thing: ThingId): void {
    this.#lossy.forget(thing);
  }

  #property(thing: ThingId, name: string, value: Json): ObservationOf<'property'> {
    return { kind: 'property', thing, name, value: value as JsonValue, at: this.now() };
  }
}
