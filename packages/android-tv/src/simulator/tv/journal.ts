import { closeSync, openSync, writeSync } from 'node:fs';
import type { Clock, Instant, Json } from '@vakhta/kernel';

/** Something a simulated TV really did, or had done to it. */
export interface JournalEntry {
  /** Counts from 1 over the whole fleet. */
  n: number;
  at: Instant;
  tv: string;
  /** 'keyevent', 'volume', 'start', 'stop', 'dispatch', 'settings', 'install', 'reboot', 'mains', 'cable', … */
  did: string;
  detail: Json;
}

/**
 * The truth beside which the rest is tested: appended to before the TV answers, kept in memory and, where a file is
 * given, written at once, so that it survives the process though not the machine.
 */
export class Journal {
  readonly #entries: JournalEntry[] = [];
  readonly #clock: Clock;
  readonly #file: number | undefined;

  constructor(clock: Clock, file?: string) {
    this.#clock = clock;
    this.#file = file === undefined ? undefined : openSync(file, 'a', 0o644);
  }

  append(tv: string, did: string, detail: Json): void {
    const entry = { n: this.#entries.length + 1, at: this.#clock.now(), tv, did, detail };
    this.#entries.push(entry);
    if (this.#file !== undefined) writeSync(this.#file, `${JSON.stringify(entry)}\n`);
  }

  /** Entries after the n-th, of one TV or of all. */
  entries(filter: { tv?: string; after?: number } = {}): JournalEntry[] {
    return this.#entries
      .slice(filter.after ?? 0)
      .filter((entry) => filter.tv === undefined || entry.tv === filter.tv);
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
  }
}
