import type { OutboxFile } from './outbox-file.ts';

export interface OutboxLimits {
  maxObservations: number;
  maxBytes: number;
  /** Kept free of drivers' reports, for results of commands and the agent's own events. */
  reserveObservations: number;
  reserveBytes: number;
}

/** Who writes: a driver's report waits for room; a result has had its room kept; an event fits into the reserve. */
export type Lane = 'report' | 'result' | 'event';

/** Below this part of the room for reports a full outbox counts as drained, so that it does not flutter. */
const DRAINED = 0.9;

/** How much still fits into the outbox, and for whom. */
export class Room {
  readonly #limits: OutboxLimits;
  readonly #file: OutboxFile;
  #resultsToCome = 0;

  constructor(limits: OutboxLimits, file: OutboxFile) {
    this.#limits = limits;
    this.#file = file;
  }

  get capacity(): number {
    return this.#limits.maxObservations;
  }

  /** Whether so much fits now. Results always do: an order is taken only if its result will fit. */
  has(lane: Lane, count: number, bytes: number): boolean {
    if (lane === 'result') return true;
    const { waiting } = this.#file;
    const free = lane === 'report' ? this.#forReports() : this.#forEvents();
    return waiting.count + count <= free.count && waiting.bytes + bytes <= free.bytes;
  }

  /** Whether so much would fit into an empty outbox. */
  couldEverHold(count: number, bytes: number): boolean {
    const free = this.#forReports();
    return count <= free.count && bytes <= free.bytes;
  }

  get isDrained(): boolean {
    const { waiting } = this.#file;
    const free = this.#forReports();
    return waiting.count <= DRAINED * free.count && waiting.bytes <= DRAINED * free.bytes;
  }

  keepForResults(count: number): void {
    this.#resultsToCome += count;
  }

  resultWritten(): void {
    this.#resultsToCome -= 1;
  }

  #forReports(): { count: number; bytes: number } {
    const { maxObservations, maxBytes, reserveObservations, reserveBytes } = this.#limits;
    return { count: maxObservations - reserveObservations, bytes: maxBytes - reserveBytes };
  }

  #forEvents(): { count: number; bytes: number } {
    return { count: this.#limits.maxObservations - this.#resultsToCome, bytes: this.#limits.maxBytes };
  }
}
