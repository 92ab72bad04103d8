import type { Duration } from '@vakhta/kernel';
import { type LineSymbol, longestGap } from '../../line/symbols.ts';
import type { Coding, SendTimes } from './coding.ts';
import type { Port } from './port.ts';

/** A general poll is whole by itself; after it, more than a gap inside a message can be is enough. */
const silenceAfterGeneralPoll: Duration = longestGap + 3;
/** After any other message: more than `GapCoding` allows inside one. A poll that is answered has it anyway. */
const silence: Duration = 25;

/**
 * Keeps silent before each message. Where the ninth bit is lost, a lenient machine (and the machine's end of a
 * pseudo-terminal) has nothing but the silence to know the beginning of a message by.
 */
export class SpacedCoding implements Coding {
  readonly settings;
  readonly atLinePace = false;
  readonly #inner: Coding;
  #quietUntil: Duration = Number.NEGATIVE_INFINITY;

  constructor(inner: Coding) {
    this.#inner = inner;
    this.settings = inner.settings;
  }

  send(port: Port, symbols: readonly LineSymbol[]): SendTimes {
    port.pause(this.#quietUntil - port.now());
    const times = this.#inner.send(port, symbols);
    const isGeneralPoll = symbols.length === 1 && (symbols[0]! & 0x80) !== 0;
    this.#quietUntil = times.end + (isGeneralPoll ? silenceAfterGeneralPoll : silence);
    return times;
  }

  decode(bytes: Uint8Array, at: Duration): LineSymbol[] {
    return this.#inner.decode(bytes, at);
  }
}
