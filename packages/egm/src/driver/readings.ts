import type { Clock, Instant } from '@vakhta/kernel';
import type { SasHost } from '@vakhta/sas';
import type { Reporter } from '@vakhta/things';
import { type MeterValue, type Reading, type ReadingCause, valuesOf } from '../facts/index.ts';
import { mainMeters, otherMeters } from './meter-codes.ts';
import { type MeterFrame, MeterReader } from './meter-reader.ts';

export interface ReadingsDeps {
  readonly host: Pick<SasHost, 'ask'>;
  readonly report: Reporter;
  readonly clock: Clock;
  /** One life of the driver. */
  readonly life: string;
  /** Told of every meter that is read, be it recorded or not. */
  readonly onMeters: (values: Readonly<Record<string, number>>) => void;
}

export interface ReadingAbout {
  readonly boundary?: Instant;
  readonly request?: string;
}

/** Takes readings of all meters, one at a time, looks at the main ones in between, and records both. */
export class Readings {
  readonly #deps: ReadingsDeps;
  readonly #reader: MeterReader;
  #turn: Promise<unknown> = Promise.resolve();
  #recorded: Readonly<Record<string, number>> = {};
  #recordedAt = Number.NEGATIVE_INFINITY;
  #wholeAt = Number.NEGATIVE_INFINITY;

  constructor(deps: ReadingsDeps) {
    this.#deps = deps;
    this.#reader = new MeterReader(deps.host.ask);
  }

  /** Another machine may have come, or the same one may have changed. */
  forget(): void {
    this.#reader.forget();
    this.#recorded = {};
  }

  /** Milliseconds since a reading was recorded, and since one of all meters was. */
  get age(): { readonly any: number; readonly whole: number } {
    const now = this.#deps.clock.monotonic();
    return { any: now - this.#recordedAt, whole: now - this.#wholeAt };
  }

  /** Reads all meters and the machine's clock, and records them; undefined when the machine did not answer. */
  take(cause: ReadingCause, about: ReadingAbout = {}): Promise<Reading | undefined> {
    return this.#inTurn(async () => {
      const rest: MeterFrame[] = [];
      for (const codes of otherMeters) {
        const part = await this.#reader.read(codes);
        if (!part) return undefined;
        rest.push(...part);
      }
      const machine = await this.#machineClock();
      // Last, and recorded at once: a look in between has recorded what was before, never what comes after.
      const main = await this.#reader.read(mainMeters);
      const reading = main && this.#reading(cause, [...main, ...rest], machine, about);
      if (!reading) return undefined;
      await this.#record(reading);
      this.#wholeAt = this.#deps.clock.monotonic();
      return reading;
    });
  }

  /**
   * Reads the main meters, and records them if they moved since the last record and `isDue`. True when money came or
   * went: that moves meters which were not looked at.
   */
  async look(isDue: () => boolean): Promise<boolean> {
    const frames = await this.#reader.read(mainMeters);
    const reading = frames && this.#reading('change', frames, null, {});
    if (!reading) return false;
    const moved = reading.meters.filter(({ code, value }) => this.#recorded[code] !== value);
    if (moved.length === 0 || !isDue()) return false;
    if (moved.some(({ code }) => !playMeters.has(code))) return true;
    await this.#record(reading);
    return false;
  }

  async #machineClock(): Promise<string | null> {
    const outcome = await this.#deps.host.ask('currentDateTime', {}, { priority: 'background' });
    return outcome.ok && outcome.kind === 'data' ? isoOf(outcome.fields) : null;
  }

  #reading(
    cause: ReadingCause,
    frames: readonly MeterFrame[],
    machine: string | null,
    about: ReadingAbout,
  ): Reading | undefined {
    const meters: MeterValue[] = frames.flatMap((frame) => frame.meters);
    if (meters.length === 0) return undefined;
    const { clock, life } = this.#deps;
    this.#deps.onMeters(valuesOf({ meters }));
    return {
      cause,
      ...about,
      meters,
      frames: frames.map(({ frame }) => frame),
      clocks: { machine, agent: Math.round(clock.now()), monotonic: clock.monotonic(), life },
    };
  }

  async #record(reading: Reading): Promise<void> {
    await this.#deps.report.event('reading', { ...reading });
    this.#recorded = { ...this.#recorded, ...valuesOf(reading) };
    this.#recordedAt = this.#deps.clock.monotonic();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => {});
    return done;
  }
}

const playMeters: ReadonlySet<string> = new Set(['00', '01', '05', '06', '07', '0C']);

/** MMDDYYYY and HHMMSS as 'YYYY-MM-DDTHH:MM:SS'; null for a clock that was never set. */
export function isoOf({ date, time }: { readonly date: string; readonly time: string }): string | null {
  const iso = `${date.slice(4)}-${date.slice(0, 2)}-${date.slice(2, 4)}T${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4)}`;
  return Number.isNaN(Date.parse(`${iso}Z`)) ? null : iso;
}
