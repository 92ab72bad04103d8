import {
  AppError,
  type Clock,
  type Duration,
  days,
  hours,
  type Instant,
  minutes,
  type Random,
} from '@vakhta/kernel';
import { makeRoom, removeOld } from './pruning.ts';
import { MachineState, Reading, recordOf, StoredEvent } from './records.ts';
import { type StoredValue, StoreFile } from './store-file.ts';
import { StoreSource } from './store-source.ts';
import { eventTable, machineTable, readingTable, type StoreTable } from './tables.ts';

export interface SasStoreOptions {
  /** How long readings and events are kept. Default 90 days. Longer, as long as a mirror lacks them. */
  readonly keepFor?: Duration;
  /** How many are kept at most. Default 5 000 000, about 600 MB. */
  readonly maxRows?: number;
  /**
   * What becomes of a row when so many are there and a mirror lacks all of them: `dropOldest` (default) makes room and
   * counts what is lost; `refuse` throws 'sas_store.full'.
   */
  readonly whenFull?: 'dropOldest' | 'refuse';
  /** A meter that does not change is written again after so long. Default 15 min. */
  readonly heartbeat?: Duration;
}

const PRUNE_EVERY = hours(1);

/**
 * Readings and events of machines in one SQLite file. Whatever a `record…` was given is on disk when it returns, or it
 * throws and nothing of it is.
 */
export class SasStore {
  readonly #file: StoreFile;
  readonly #clock: Clock;
  readonly #options: Required<SasStoreOptions>;
  /** Per machine, game and meter: what was last written. */
  readonly #latest = new Map<string, { value: bigint; at: Instant }>();
  #pruneAt: Duration = 0;

  /** Opens the file, made if absent. Throws 'sas_store.unreadable' with the reason. */
  constructor(
    path: string,
    deps: { readonly clock: Clock; readonly random: Random },
    options: SasStoreOptions = {},
  ) {
    this.#clock = deps.clock;
    this.#options = {
      keepFor: options.keepFor ?? days(90),
      maxRows: options.maxRows ?? 5_000_000,
      whenFull: options.whenFull ?? 'dropOldest',
      heartbeat: options.heartbeat ?? minutes(15),
    };
    this.#file = new StoreFile(path, deps);
    this.#pruneAt = deps.clock.monotonic();
  }

  /** Names the life of this file in rows that are mirrored. */
  get id(): string {
    return this.#file.id;
  }

  /** How many readings and events there are, and how many were dropped before every mirror had them. */
  get size(): { readonly rows: number; readonly dropped: number } {
    const { rows, dropped } = this.#file.standing();
    return { rows, dropped };
  }

  /** Writes those readings that differ from the last of their meter, or whose last is a heartbeat ago; says how many. */
  recordReadings(readings: readonly Reading[]): number {
    const checked = readings.map((reading) => recordOf(Reading, reading));
    const due = checked.filter((reading) => this.#isDue(reading));
    if (due.length > 0)
      this.#write(
        readingTable,
        due.map((reading) => ({ ...reading })),
      );
    // Only what is on disk counts as written.
    for (const reading of due)
      this.#latest.set(meterOf(reading), { value: BigInt(reading.value), at: reading.at });
    return due.length;
  }

  recordEvent(told: StoredEvent): void {
    const event = recordOf(StoredEvent, told);
    if (event.id !== undefined && this.#hasEvent(event.machine, event.kind, event.id)) return;
    this.#write(eventTable, [{ ...event, data: JSON.stringify(event.data) }]);
  }

  /** Writes how a machine stands now, in place of how it stood. */
  recordMachine(state: MachineState): void {
    const { machine, address, isUp, at, identity } = recordOf(MachineState, state);
    this.#write(machineTable, [
      {
        machine,
        address,
        is_up: isUp ? 1 : 0,
        changed_at: at,
        identity: identity === undefined ? null : JSON.stringify(identity),
      },
    ]);
  }

  /**
   * The rows as a mirror takes them (`@vakhta/mirror`). From the first call with a name on, rows are kept until that
   * mirror has them, in later runs too; until `forgetMirror`.
   */
  source(name: string): StoreSource {
    this.#file.transact(() =>
      this.#file.statement('INSERT INTO mirror VALUES (?, NULL) ON CONFLICT DO NOTHING').run(name),
    );
    return new StoreSource(this.#file, name);
  }

  /** Keeps rows no longer for a mirror that there is no more. */
  forgetMirror(name: string): void {
    this.#file.transact(() => this.#file.statement('DELETE FROM mirror WHERE name = ?').run(name));
  }

  close(): void {
    this.#file.close();
  }

  #hasEvent(machine: string, kind: string, id: string): boolean {
    const found = this.#file.statement('SELECT 1 FROM sas_event WHERE machine = ? AND kind = ? AND id = ?');
    return found.get(machine, kind, id) !== undefined;
  }

  #isDue(reading: Reading): boolean {
    const last = this.#latest.get(meterOf(reading));
    return (
      last === undefined ||
      last.value !== BigInt(reading.value) ||
      Math.abs(reading.at - last.at) >= this.#options.heartbeat
    );
  }

  #write(table: StoreTable, rows: readonly Readonly<Record<string, StoredValue>>[]): void {
    this.#file.transact(() => {
      this.#pruneWhenDue();
      const grows = table.key.includes('number');
      if (grows) this.#ensureRoom(rows.length);
      const standing = this.#file.standing();
      for (const [i, row] of rows.entries()) this.#file.insert(table, standing.last + i + 1, row);
      this.#file.setStanding({
        ...standing,
        last: standing.last + rows.length,
        rows: standing.rows + (grows ? rows.length : 0),
      });
    });
  }

  /** A step at each write while there is something to remove, then none for an hour. */
  #pruneWhenDue(): void {
    if (this.#clock.monotonic() < this.#pruneAt) return;
    const more = removeOld(this.#file, this.#clock.now() - this.#options.keepFor);
    if (!more) this.#pruneAt = this.#clock.monotonic() + PRUNE_EVERY;
  }

  #ensureRoom(count: number): void {
    const { maxRows, whenFull } = this.#options;
    while (this.#file.standing().rows + count > maxRows && this.#file.standing().rows > 0) {
      if (makeRoom(this.#file, whenFull === 'dropOldest')) continue;
      throw new AppError('sas_store.full', `${maxRows} rows wait for a mirror that does not take them`, {
        context: { maxRows },
        retry: 'after',
      });
    }
  }
}

const meterOf = ({ machine, game, code }: Reading): string => `${game} ${code} ${machine}`;
