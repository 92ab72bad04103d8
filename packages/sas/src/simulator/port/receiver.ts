import type { Duration } from '@vakhta/kernel';
import { requestLength } from '../../frames/index.ts';
import { type LineSymbol, longestGap, symbolTime, wakeup } from '../../line/index.ts';

export interface ReceiverOptions {
  /**
   * When a message is taken as complete: as soon as it has its length, as machines do that answer at once; or when
   * the line falls silent behind it, which shows stray bytes as well.
   */
  readonly completion: 'length' | 'silence';
  /** The ninth bit counts only on the first symbol after a gap. */
  readonly lenientWakeup: boolean;
}

/**
 * Facts 10.1: cuts what comes over the line into messages of a host. A symbol with the ninth bit starts one and drops
 * an incomplete one before it; a symbol without it and without a message open is nothing to us; a gap of more than
 * 5 ms ends what was begun.
 */
export class Receiver {
  readonly #options: ReceiverOptions;
  readonly #onMessage: (bytes: Uint8Array) => void;
  #open: number[] | undefined;
  #lastAt: Duration = Number.NEGATIVE_INFINITY;

  constructor(options: ReceiverOptions, onMessage: (bytes: Uint8Array) => void) {
    this.#options = options;
    this.#onMessage = onMessage;
  }

  /** Whether something was begun that only silence can end. */
  get isWaiting(): boolean {
    return this.#open !== undefined;
  }

  push(symbol: LineSymbol, at: Duration): void {
    const afterGap = at - symbolTime - this.#lastAt > longestGap;
    if (afterGap) this.silence();
    this.#lastAt = at;
    const starts = this.#options.lenientWakeup
      ? this.#open === undefined || afterGap
      : (symbol & wakeup) !== 0;
    if (starts) {
      this.#interrupt();
      this.#open = [];
    } else if (!this.#open) return;
    this.#open!.push(symbol & 0xff);
    if (this.#options.completion === 'length' && this.#isComplete()) this.#finish();
  }

  /** The line has been silent: whatever was begun ends, as long as it has a command at least. */
  silence(): void {
    if (!this.#open) return;
    if (this.#open.length >= 2 || this.#isComplete()) this.#finish();
    else this.#open = undefined;
  }

  #interrupt(): void {
    if (this.#open && this.#isComplete()) this.#finish();
    this.#open = undefined;
  }

  #isComplete(): boolean {
    return this.#open !== undefined && requestLength(this.#open) === this.#open.length;
  }

  #finish(): void {
    const bytes = Uint8Array.from(this.#open!);
    this.#open = undefined;
    this.#onMessage(bytes);
  }
}
