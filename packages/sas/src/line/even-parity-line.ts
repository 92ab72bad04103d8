import { AppError, type Duration } from '@vakhta/kernel';
import { fitsEvenParity } from './even-parity-limits.ts';
import type { Line } from './line.ts';
import type { LineSymbol, TimedSymbol } from './symbols.ts';

/**
 * A line whose port is never switched from 8-E-1. What it cannot say with the ninth bits meant it refuses, with the
 * code `sas.line.cannot_send`: a strict machine would take it for something else.
 */
export class EvenParityLine implements Line {
  readonly latency: Duration;
  readonly closed: Promise<string | undefined>;
  readonly #inner: Line;

  constructor(inner: Line) {
    this.#inner = inner;
    this.latency = inner.latency;
    this.closed = inner.closed;
  }

  send(symbols: readonly LineSymbol[]): Promise<Duration> {
    if (fitsEvenParity(symbols)) return this.#inner.send(symbols);
    const hex = symbols.map((symbol) => (symbol & 0xff).toString(16).padStart(2, '0')).join('');
    return Promise.reject(
      new AppError('sas.line.cannot_send', 'fixed even parity cannot send this message', {
        context: { hex },
      }),
    );
  }

  receive(listener: (symbols: readonly TimedSymbol[]) => void): void {
    this.#inner.receive(listener);
  }

  flush(): void {
    this.#inner.flush();
  }

  close(): Promise<void> {
    return this.#inner.close();
  }
}
