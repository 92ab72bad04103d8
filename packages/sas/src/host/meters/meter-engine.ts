import type { MeterReading } from '../../codec/fields/index.ts';
import { meters as table } from '../../tables/meters.ts';
import type { Ask } from '../polls/ask.ts';

/** What happened to a meter since it was read last. */
export interface MeterChange {
  readonly code: string;
  readonly value: number;
  /** How much was counted; undefined at the first reading, after a clear, and for balances. */
  readonly delta: number | undefined;
  readonly kind: 'first' | 'counted' | 'rolledOver' | 'cleared' | 'balance';
}

interface Known {
  readonly value: number;
  readonly bytes: number;
}

/** A meter that rolled over is behind its end by less than it was before it: nobody plays half the range in between. */
function compare(code: string, before: Known | undefined, now: Known): MeterChange {
  const { value } = now;
  if (table.get(code)?.canFall) return { code, value, delta: undefined, kind: 'balance' };
  if (!before) return { code, value, delta: undefined, kind: 'first' };
  if (value >= before.value) return { code, value, delta: value - before.value, kind: 'counted' };
  const range = 100 ** now.bytes;
  const around = value + range - before.value;
  const isPeriod = table.get(code)?.period ?? false;
  return !isPeriod && before.value > range * 0.9 && value < range * 0.1
    ? { code, value, delta: around, kind: 'rolledOver' }
    : { code, value, delta: undefined, kind: 'cleared' };
}

/** Facts 5.2: how many meters a poll takes. */
const perPoll = { extended: 12, selected: 10 } as const;

/**
 * Reads meters of a machine and tells what they counted: with 6F and AF in turn, so that two in a row are never taken
 * for a repeat, or with 2F on machines that know no others.
 */
export class MeterEngine {
  readonly #ask: Ask;
  readonly #known = new Map<string, Known>();
  readonly #missing = new Set<string>();
  #useAgain = false;
  /** Whether the machine knows 6F; it is told by A0, and by silence. */
  extended = true;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** Codes that the machine answered as not supported. */
  get missing(): ReadonlySet<string> {
    return this.#missing;
  }

  /** The values of `codes` now, and what they counted since the last call. Undefined when the machine did not answer. */
  async read(codes: readonly string[], game = 0): Promise<MeterChange[] | undefined> {
    const wanted = codes.filter((code) => !this.#missing.has(code));
    const readings: MeterReading[] = [];
    const size = this.extended ? perPoll.extended : perPoll.selected;
    for (let at = 0; at < wanted.length; at += size) {
      const part = await this.#poll(wanted.slice(at, at + size), game);
      if (!part) return undefined;
      readings.push(...part);
    }
    return readings.flatMap((reading) => this.#take(game, reading));
  }

  async #poll(meterCodes: string[], game: number): Promise<MeterReading[] | undefined> {
    const background = { priority: 'background' } as const;
    const fields = { game, meterCodes };
    const poll = this.#useAgain ? 'extendedMetersAgain' : 'extendedMeters';
    if (this.extended) {
      this.#useAgain = !this.#useAgain;
      const outcome = await this.#ask(poll, fields, background);
      if (outcome.ok && outcome.kind === 'data') return outcome.fields.meters as MeterReading[];
      if (outcome.ok || outcome.error.code !== 'sas.silent') return undefined;
      this.extended = false;
      return this.#poll(meterCodes.slice(0, perPoll.selected), game);
    }
    const outcome = await this.#ask('selectedMeters', fields, background);
    return outcome.ok && outcome.kind === 'data' ? (outcome.fields.meters as MeterReading[]) : undefined;
  }

  #take(game: number, { code, value, bytes }: MeterReading): MeterChange[] {
    if (value === null) {
      this.#missing.add(code);
      return [];
    }
    const key = `${game} ${code}`;
    const now = { value, bytes };
    const change = compare(code, this.#known.get(key), now);
    this.#known.set(key, now);
    return [change];
  }
}
