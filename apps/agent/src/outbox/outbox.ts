import { AppError, type Clock, err, ok, type Random, type Result, seconds, type Timer } from '@vakhta/kernel';
import type { Observation, ObservationOf } from '@vakhta/link';
import type { DriverLog } from '@vakhta/things';
import { BackOff } from '../back-off.ts';
import { diskTrouble } from './disk-trouble.ts';
import { type EncodedObservation, encodeObservation, type StoredPicture } from './encoded-observation.ts';
import type { KnownBy, OutboxFile, WriteKind } from './outbox-file.ts';
import { type Lane, type OutboxLimits, Room } from './room.ts';

export type AgentEvent = ObservationOf<'agent'>['name'];

export interface OutboxDeps {
  clock: Clock;
  random: Random;
  /** The time observations carry. */
  now: () => number;
  log: DriverLog;
  /** Something was written: there is more to send. */
  onWritten: () => void;
  /** A write failed for a reason that waiting does not mend. */
  onBroken: (error: unknown) => void;
}

/** Why a write that could not wait did not happen. */
export type NotWritten = 'no_room' | 'disk';

interface Entry {
  readonly lane: Lane;
  readonly kind: WriteKind;
  readonly observations: readonly EncodedObservation[];
  readonly bytes: number;
  /** Runs first, in the same transaction; false takes the entry's observations back. */
  readonly also: (() => boolean) | undefined;
  readonly written: (seqs: number[]) => void;
}

/** The order in which lanes are written. */
const lanes = ['result', 'event', 'report'] as const satisfies Lane[];
/** Events that wait for the disk in memory; what comes on top of that is only logged. */
const MAX_WAITING_EVENTS = 1000;
/**
 * The agent's durable queue. What `append` resolved is on disk, numbered, and stays there until the server has
 * acknowledged it. When there is no room, or the disk cannot be written, callers wait: nothing is dropped, nothing is
 * promised too early. Both states are told as agent events as soon as they can be written down.
 */
export class Outbox {
  readonly file: OutboxFile;
  readonly #room: Room;
  readonly #deps: OutboxDeps;
  readonly #retryBackOff: BackOff;
  readonly #queues: Record<Lane, Entry[]> = { result: [], event: [], report: [] };
  /** An acknowledgement that the disk did not let us act on yet. */
  #untrimmed = 0;
  #isFull = false;
  #trouble: { since: number; attempts: number; retry: Timer } | undefined;
  #flushScheduled = false;
  #closed = false;

  constructor(file: OutboxFile, limits: OutboxLimits, deps: OutboxDeps) {
    this.file = file;
    this.#room = new Room(limits, file);
    this.#deps = deps;
    this.#retryBackOff = new BackOff(deps.random, 250, seconds(10));
  }

  get isFull(): boolean {
    return this.#isFull;
  }
  /** Whether the disk could not be written at the last try. */
  get isInTrouble(): boolean {
    return this.#trouble !== undefined;
  }
  get capacity(): number {
    return this.#room.capacity;
  }

  /**
   * Takes a driver's durable reports. Resolves with their numbers once they are on disk; until there is room it is
   * pending, and after `close` it never settles: nobody may conclude anything. What is the last that is known by
   * `knownBy` already is not written again. Throws `UsageError` for what the link
   * cannot carry.
   */
  append(observations: readonly Observation[], knownBy?: KnownBy): Promise<number[]> {
    const encoded = observations.map((observation) => encodeObservation(observation));
    return new Promise((resolve) =>
      this.#enqueue({
        lane: 'report',
        kind: 'append',
        observations: encoded,
        also: knownBy && (() => this.file.isNew(knownBy)),
        written: resolve,
      }),
    );
  }

  /** Notes something about the agent itself, at the time it happened. Written as soon as the disk allows. */
  note(
    name: AgentEvent,
    data: ObservationOf<'agent'>['data'],
    thing?: ObservationOf<'agent'>['thing'],
  ): void {
    if (this.#queues.event.length >= MAX_WAITING_EVENTS) {
      this.#deps.log('error', 'outbox.event_dropped', { name, thing, data });
      return;
    }
    const observation = encodeObservation({ kind: 'agent', name, thing, data, at: this.#deps.now() });
    this.#enqueue({ lane: 'event', kind: 'append', observations: [observation] });
  }

  /**
   * Writes now or says why not; for what must not run unless it is written, and for values that can wait elsewhere.
   * `also` runs in the same transaction. With `keepRoom` it is only written if so many results will fit too, and room
   * for each is kept until its `writeResult`.
   */
  writeNow(
    kind: WriteKind,
    observations: readonly Observation[],
    options: { also?: () => void; keepRoom?: number } = {},
  ): Result<number[], NotWritten> {
    if (this.#closed || this.#trouble) return err('disk');
    this.#flush();
    if (this.#trouble) return err('disk');
    const encoded = observations.map((observation) => encodeObservation(observation));
    const { keepRoom = 0 } = options;
    const lane = kind === 'append' ? 'report' : 'event';
    if (!this.#room.has(lane, encoded.length + keepRoom, sum(encoded))) return err('no_room');
    const seqs = this.#transact(kind, () => {
      options.also?.();
      return this.file.insert(encoded);
    });
    if (!seqs) return err('disk');
    this.#room.keepForResults(keepRoom);
    this.#deps.onWritten();
    return ok(seqs);
  }

  keepRoomForResult(): void {
    this.#room.keepForResults(1);
  }

  /** Writes the end of a command whose room was kept; waits for the disk as long as it takes, never for room. */
  writeResult(
    observations: readonly Observation[],
    also: () => boolean,
    picture?: StoredPicture,
  ): Promise<void> {
    const last = observations.length - 1;
    const encoded = observations.map((observation, i) =>
      encodeObservation(observation, i === last ? picture : undefined),
    );
    return new Promise((resolve) =>
      this.#enqueue({
        lane: 'result',
        kind: 'finish',
        observations: encoded,
        also,
        written: () => {
          this.#room.resultWritten();
          resolve();
        },
      }),
    );
  }

  /** The server has all up to `seq`: forgets it, and lets in what waited for the room. */
  acknowledge(seq: number): void {
    this.#untrimmed = Math.max(this.#untrimmed, seq);
    this.#trim();
    this.flush();
  }

  /**
   * Begins a new stream, because the server, which has the old one up to `serverHas`, and this disk do not agree on what
   * was sent (see `OutboxFile.beginStream`). Does nothing while the disk cannot be written.
   */
  renewStream(serverHas: number): void {
    const before = { stream: this.file.stream, acknowledged: this.file.acknowledged, last: this.file.last };
    this.#write(() => this.file.beginStream(serverHas));
    if (this.file.stream === before.stream) return;
    this.#untrimmed = 0;
    this.#deps.log('error', 'outbox.stream_renewed', { ...before, serverHas });
    this.note('stream_renewed', { ...before, serverHas });
  }

  /** Writes what waits if it can be written. */
  flush(): void {
    if (!this.#trouble) this.#flush();
  }

  /** Whether the outbox does its work: the file can be read, and what it was given is written or has a reason to wait. */
  isAlive(): boolean {
    if (this.#closed) return false;
    try {
      this.file.read(this.file.acknowledged + 1, 1, 0);
      return true;
    } catch (error) {
      return diskTrouble(error) !== undefined;
    }
  }

  /** Lets go of the file. What still waited never settles. */
  close(): void {
    this.#closed = true;
    this.#trouble?.retry.cancel();
    this.file.close();
  }

  #enqueue(entry: Partial<Entry> & Pick<Entry, 'lane' | 'kind' | 'observations'>): void {
    if (this.#closed) return;
    const bytes = sum(entry.observations);
    if (entry.lane === 'report' && !this.#room.couldEverHold(entry.observations.length, bytes))
      throw new AppError('outbox.larger_than_outbox', 'more than the whole outbox can hold', {
        context: { observations: entry.observations.length, bytes },
      });
    this.#queues[entry.lane].push({ also: undefined, written: () => {}, ...entry, bytes });
    if (this.#flushScheduled || this.#trouble) return;
    // What comes within one turn of the event loop, be it from fifty machines, shares one fsync.
    this.#flushScheduled = true;
    setImmediate(() => {
      this.#flushScheduled = false;
      this.flush();
    });
  }

  #flush(): void {
    while (!this.#closed) {
      const entries = this.#takeFitting();
      if (entries.length === 0) break;
      const kind = entries[0]!.kind;
      const written = this.#transact(kind, () =>
        entries.map((entry) => (entry.also?.() === false ? [] : this.file.insert(entry.observations))),
      );
      if (!written) return;
      for (const entry of entries) this.#queues[entry.lane].shift();
      for (const [i, entry] of entries.entries()) entry.written(written[i]!);
      this.#deps.onWritten();
    }
    this.#judgeFullness();
  }

  /** The heads of the queues that fit together; they stay in their queues until they are written. */
  #takeFitting(): Entry[] {
    const taken: Entry[] = [];
    let count = 0;
    let bytes = 0;
    for (const lane of lanes) {
      for (const entry of this.#queues[lane]) {
        if (!this.#room.has(lane, count + entry.observations.length, bytes + entry.bytes)) break;
        taken.push(entry);
        count += entry.observations.length;
        bytes += entry.bytes;
      }
    }
    return taken;
  }

  #judgeFullness(): void {
    if (this.#closed) return;
    const { count, bytes } = this.file.waiting;
    if (!this.#isFull && this.#queues.report.length > 0) {
      this.#isFull = true;
      this.#deps.log('warn', 'outbox.full', { count, bytes });
      this.note('outbox_full', { count, bytes });
    } else if (this.#isFull && this.#queues.report.length === 0 && this.#room.isDrained) {
      this.#isFull = false;
      this.#deps.log('info', 'outbox.drained', { count, bytes });
      this.note('outbox_drained', { count, bytes });
    }
  }

  #transact<T>(kind: WriteKind, work: () => T): T | undefined {
    return this.#write(() => this.file.transact(kind, work));
  }

  /** Acts on the highest acknowledgement. When the disk does not let us it is tried again: not forgotten is not lost. */
  #trim(): void {
    if (this.#untrimmed > this.file.acknowledged) this.#write(() => this.file.acknowledge(this.#untrimmed));
  }

  /** One write; undefined when the disk did not take it, which is then known and being retried. */
  #write<T>(write: () => T): T | undefined {
    if (this.#closed) return undefined;
    try {
      const result = write();
      this.#leaveTrouble();
      return result;
    } catch (error) {
      const trouble = this.#closed ? undefined : diskTrouble(error);
      if (!trouble) this.#fail(error);
      else this.#enterTrouble(trouble.reason, trouble.message);
      return undefined;
    }
  }

  #enterTrouble(reason: string, message: string): void {
    const again = this.#trouble;
    again?.retry.cancel();
    const delay = this.#retryBackOff.next();
    this.#trouble = {
      since: again?.since ?? this.#deps.clock.monotonic(),
      attempts: (again?.attempts ?? 0) + 1,
      retry: this.#deps.clock.after(delay, () => this.#retry()),
    };
    if (again) return;
    this.#deps.log('error', 'outbox.disk_trouble', { reason, message });
    this.note('disk_full', { reason, message });
  }

  #retry(): void {
    if (this.#untrimmed > this.file.acknowledged) this.#trim();
    else if (this.#takeFitting().length > 0) this.#flush();
    else this.#write(() => this.file.probe());
    this.flush();
  }

  #leaveTrouble(): void {
    const trouble = this.#trouble;
    if (!trouble) return;
    this.#trouble = undefined;
    this.#retryBackOff.reset();
    trouble.retry.cancel();
    const seconds = (this.#deps.clock.monotonic() - trouble.since) / 1000;
    this.#deps.log('info', 'outbox.disk_recovered', { seconds, attempts: trouble.attempts });
    this.note('disk_recovered', { seconds, attempts: trouble.attempts });
  }

  #fail(error: unknown): void {
    if (!this.#closed) this.#deps.onBroken(error);
  }
}

const sum = (observations: readonly EncodedObservation[]): number =>
  observations.reduce((total, observation) => total + observation.bytes, 0);
