import { AppError, canonicalJson, type Instant, type Json, type ThingId } from '@vakhta/kernel';
import {
  type DriverLog,
  type EventOptions,
  type OfflineReason,
  parseValue,
  type Reporter,
  type ThingModel,
} from '@vakhta/things';
import type { Recorder } from '../outbox/recorder.ts';

/** What was last said of a thing; outlives the drivers opened for it, so that a new one need not repeat the old one. */
export interface ReportMemory {
  /** The latest presence, and the latest of each durable property, with when it is on disk. */
  readonly durable: Map<string, { text: string; onDisk: Promise<void> }>;
  /** When a reading last found the reported values true; until it was told. */
  confirmedAt: Instant | undefined;
}

export const newReportMemory = (): ReportMemory => ({ durable: new Map(), confirmedAt: undefined });

/** A key that no property can have: names are camelCase. */
const PRESENCE = ' presence';
/** As much as the link carries. */
const MAX_REASON = 500;

/**
 * Takes what a driver says of its thing, checks it against the model and hands it to the recorder. A name the model does
 * not have is a bug of the driver: it is logged, nothing is recorded, the agent goes on. After `close` nothing is taken
 * and nothing is promised: what a crashed driver still says no longer counts.
 */
export class ThingReporter implements Reporter {
  readonly #thing: ThingId;
  readonly #model: ThingModel;
  readonly #recorder: Recorder;
  readonly #memory: ReportMemory;
  readonly #log: DriverLog;
  #closed = false;

  constructor(deps: {
    thing: ThingId;
    model: ThingModel;
    recorder: Recorder;
    memory: ReportMemory;
    log: DriverLog;
  }) {
    this.#thing = deps.thing;
    this.#model = deps.model;
    this.#recorder = deps.recorder;
    this.#memory = deps.memory;
    this.#log = deps.log;
  }

  property(name: string, value: Json): Promise<void> {
    if (this.#closed) return never();
    const affordance = member(this.#model.properties, name);
    if (!affordance) return this.#wrong('property', name, 'the model has no such property');
    const parsed = value === null ? undefined : parseValue(affordance.schema, value);
    if (affordance.delivery === 'lossy') {
      // A value that breaks the schema can not be shown; that it can not be known is then the truth.
      if (parsed?.ok === false) void this.#wrong('property', name, parsed.error.message);
      return this.#carry('property', name, async () =>
        this.#recorder.value(this.#thing, name, parsed?.ok === false ? null : value),
      );
    }
    // A durable fact is kept as the machine gave it, whatever the schema says of it.
    if (parsed?.ok === false) void this.#wrong('property', name, parsed.error.message);
    return this.#onChange(name, value, () => this.#recorder.durableValue(this.#thing, name, value));
  }

  lastOnce(name: string): string | undefined {
    return this.#recorder.lastOnce(this.#thing, name);
  }

  event(name: string, data: Json, options?: EventOptions): Promise<void> {
    if (this.#closed) return never();
    const affordance = member(this.#model.events, name);
    if (!affordance) return this.#wrong('event', name, 'the model has no such event');
    const parsed = affordance.data ? parseValue(affordance.data, data) : undefined;
    if (parsed?.ok === false) void this.#wrong('event', name, parsed.error.message);
    return this.#carry('event', name, () => this.#recorder.event(this.#thing, name, data, options));
  }

  online(online: boolean, reason?: OfflineReason): Promise<void> {
    if (this.#closed) return never();
    const cut = reason && { code: reason.code.slice(0, 64), message: reason.message.slice(0, MAX_REASON) };
    // The text for engineers may differ from try to try; it is the code that says something new.
    return this.#onChange(PRESENCE, [online, cut?.code ?? null], () =>
      this.#recorder.presence(this.#thing, online, cut),
    );
  }

  confirm(): void {
    if (!this.#closed) this.#memory.confirmedAt = this.#recorder.now();
  }

  close(): void {
    this.#closed = true;
  }

  /** Records only what differs from the last time; a repeat waits with the first for the disk. */
  #onChange(key: string, value: Json, record: () => Promise<void>): Promise<void> {
    const text = canonicalJson(value);
    const last = this.#memory.durable.get(key);
    if (last?.text === text) return last.onDisk;
    const onDisk = this.#carry('property', key, record);
    this.#memory.durable.set(key, { text, onDisk });
    return onDisk;
  }

  /** What the link cannot carry (too large, not JSON) is a bug of the driver too. */
  async #carry(kind: string, name: string, record: () => Promise<void>): Promise<void> {
    try {
      await record();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      await this.#wrong(kind, name, error.message);
    }
  }

  async #wrong(kind: string, name: string, problem: string): Promise<void> {
    this.#log('error', 'driver.bad_report', { kind, name, problem });
  }
}

const member = <T>(members: Record<string, T>, name: string): T | undefined =>
  Object.hasOwn(members, name) ? members[name] : undefined;

const never = (): Promise<never> => new Promise(() => {});
