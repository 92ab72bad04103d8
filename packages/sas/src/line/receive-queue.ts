import type { TimedSymbol } from './symbols.ts';

/** Keeps what arrives until somebody listens, then hands it on at once. */
export class ReceiveQueue {
  #listener: ((symbols: readonly TimedSymbol[]) => void) | undefined;
  #waiting: TimedSymbol[] = [];

  push(symbols: readonly TimedSymbol[]): void {
    if (symbols.length === 0) return;
    if (this.#listener) this.#listener(symbols);
    else this.#waiting.push(...symbols);
  }

  listen(listener: (symbols: readonly TimedSymbol[]) => void): void {
    this.#listener = listener;
    const waiting = this.#waiting;
    this.#waiting = [];
    if (waiting.length > 0) listener(waiting);
  }

  flush(): void {
    this.#waiting = [];
  }
}
