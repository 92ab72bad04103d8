import type { Ask, MessageName, PollOutcome } from '@vakhta/sas';
import type { MeterValue } from '../facts/index.ts';

/** Meters of one moment, and the answer that brought them. */
export interface MeterFrame {
  readonly meters: readonly MeterValue[];
  readonly frame: string;
}

/** As many as poll 2F takes. */
const perSelected = 10;

/**
 * Reads meters and keeps the bytes: by 6F and AF in turn, so that two in a row are never taken for a repeat, or by 2F
 * on machines that know no others.
 */
export class MeterReader {
  readonly #ask: Ask;
  /** Codes that the machine answered as not kept. */
  readonly #missing = new Set<string>();
  #isAgain = false;
  #isExtended = true;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** Another machine may know other meters. */
  forget(): void {
    this.#missing.clear();
    this.#isExtended = true;
  }

  /** The values of at most twelve codes. Undefined when the machine did not answer. */
  async read(codes: readonly string[]): Promise<MeterFrame[] | undefined> {
    const wanted = codes.filter((code) => !this.#missing.has(code));
    if (wanted.length === 0) return [];
    if (this.#isExtended) {
      const poll: MessageName = this.#isAgain ? 'extendedMetersAgain' : 'extendedMeters';
      this.#isAgain = !this.#isAgain;
      const outcome = await this.#poll(poll, wanted);
      if (outcome.ok || outcome.error.code !== 'sas.silent') return this.#take(outcome);
      this.#isExtended = false;
    }
    const frames: MeterFrame[] = [];
    for (let at = 0; at < wanted.length; at += perSelected) {
      const taken = this.#take(await this.#poll('selectedMeters', wanted.slice(at, at + perSelected)));
      if (!taken) return undefined;
      frames.push(...taken);
    }
    return frames;
  }

  #poll(poll: 'extendedMeters' | 'extendedMetersAgain' | 'selectedMeters', codes: readonly string[]) {
    const fields = { game: 0, meterCodes: codes.map((code) => code.padStart(4, '0')) };
    return this.#ask(poll, fields, { priority: 'background' });
  }

  #take(outcome: PollOutcome<{ readonly meters: readonly SasMeter[] }>): MeterFrame[] | undefined {
    if (!outcome.ok || outcome.kind !== 'data') return undefined;
    const meters = outcome.fields.meters.flatMap(({ code, value, bytes }): MeterValue[] => {
      const short = code.replace(/^00/, '');
      if (value === null) this.#missing.add(short);
      return value === null ? [] : [{ code: short, value, digits: bytes * 2 }];
    });
    return meters.length === 0 ? [] : [{ meters, frame: outcome.frame }];
  }
}

interface SasMeter {
  readonly code: string;
  readonly value: number | null;
  readonly bytes: number;
}
