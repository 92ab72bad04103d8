import type { Duration } from '@vakhta/kernel';
import { type LineSymbol, wakeup } from '../../line/symbols.ts';
import type { Coding, SendTimes } from './coding.ts';
import type { Port } from './port.ts';

/**
 * Longer than the 5 ms of a real line: on a busy computer an ordinary thread may be kept from sending the rest of a
 * message for longer, and nothing else would tell that rest from a new one.
 */
const silence: Duration = 20;

/**
 * The machine's end of a pseudo-terminal, which has no ninth bit: it is guessed as a lenient machine does, from the
 * silence before a message. A byte with the top bit set is a general poll, a whole message, so what follows one
 * begins the next; so does what follows an answer of ours.
 */
export class GapCoding implements Coding {
  readonly settings = { baud: 19_200, parity: undefined } as const;
  readonly atLinePace = false;
  #lastAt: Duration = Number.NEGATIVE_INFINITY;
  #beginsMessage = true;

  send(port: Port, symbols: readonly LineSymbol[]): SendTimes {
    port.write(Uint8Array.from(symbols, (symbol) => symbol & 0xff));
    port.drain(symbols.length);
    this.#beginsMessage = true;
    return { end: port.now(), gap: undefined };
  }

  decode(bytes: Uint8Array, at: Duration): LineSymbol[] {
    if (at - this.#lastAt > silence) this.#beginsMessage = true;
    this.#lastAt = at;
    return Array.from(bytes, (byte) => {
      const begins = this.#beginsMessage;
      this.#beginsMessage = begins && byte >= 0x80;
      return begins ? wakeup | byte : byte;
    });
  }
}
