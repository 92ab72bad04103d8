import type { Duration } from '@vakhta/kernel';
import { type LineSymbol, longestGap } from '../../line/symbols.ts';
import type { Coding, SendTimes } from './coding.ts';
import type { Port } from './port.ts';

/** More than a gap inside a message can be. */
const silence: Duration = longestGap + 3;

/**
 * Keeps silent before each message. Where the ninth bit is lost, a lenient machine (and the machine's end of a
 * pseudo-terminal) has nothing but the silence to know the beginning of a message by.
 */
export class SpacedCoding implements Coding {
  readonly settings;
  readonly atLinePace = false;
  readonly #inner: Coding;
  #quietSince: Duration = Number.NEGATIVE_INFINITY;

  constructor(inner: Coding) {
    this.#inner = inner;
    this.settings = inner.settings;
  }

  send(port: Port, symbols: readonly LineSymbol[]): SendTimes {
    port.pause(this.#quietSince + silence - port.now());
    const times = this.#inner.send(port, symbols);
    this.#quietSince = times.end;
    return times;
  }

  decode(bytes: Uint8Array, at: Duration): LineSymbol[] {
    return this.#inner.decode(bytes, at);
  }
}
