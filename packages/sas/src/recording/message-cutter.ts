import { requestLength } from '../frames/index.ts';
import { longestGap, type TimedSymbol, wakeup } from '../line/index.ts';
import type { RecordedMessage, Speaker } from './recording-format.ts';

/**
 * Cuts what is heard on one wire into messages: at a wakeup bit, and at a silence longer than a message may have. On
 * a wire that carries both sides, an answer may follow sooner than that: there a message of the host also ends where
 * its form does.
 * Whoever records asks `take` from time to time, so that the last message does not wait for the one after it.
 */
export class MessageCutter {
  readonly #from: Speaker;
  readonly #startedAt: number;
  readonly #emit: (message: RecordedMessage) => void;
  #symbols: number[] = [];
  #lastAt = 0;

  constructor(from: Speaker, startedAt: number, emit: (message: RecordedMessage) => void) {
    this.#from = from;
    this.#startedAt = startedAt;
    this.#emit = emit;
  }

  hear(symbols: readonly TimedSymbol[]): void {
    for (const { at, symbol } of symbols) {
      if (symbol & wakeup || at - this.#lastAt > longestGap) this.take();
      this.#symbols.push(symbol);
      this.#lastAt = at;
      if (this.#from === 'wire' && this.#isWholeRequest()) this.take();
    }
  }

  /** When the message that is being heard can go on no longer; undefined when there is none. */
  get endsAt(): number | undefined {
    return this.#symbols.length === 0 ? undefined : this.#lastAt + longestGap;
  }

  /** Ends the message that is being heard. */
  take(): void {
    if (this.#symbols.length === 0) return;
    const at = Math.max(0, this.#lastAt - this.#startedAt);
    this.#emit({ at, from: this.#from, symbols: this.#symbols });
    this.#symbols = [];
  }

  #isWholeRequest(): boolean {
    if (!(this.#symbols[0]! & wakeup)) return false;
    return requestLength(this.#symbols.map((symbol) => symbol & 0xff)) === this.#symbols.length;
  }
}
