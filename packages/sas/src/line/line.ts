import type { Duration } from '@vakhta/kernel';

/**
 * What goes over a SAS line: eight data bits and the ninth, 0..511; bit 8 set means wakeup (facts: the host sets it
 * on the first byte of a message, a machine only on its chirp).
 */
export type LineSymbol = number;

/** A symbol and when its last bit was seen, in milliseconds of the monotonic clock. */
export interface TimedSymbol {
  readonly at: Duration;
  readonly symbol: LineSymbol;
}

/**
 * One end of a line that keeps the ninth bit. What holds the gap of 5 ms inside a message is behind it; what holds
 * the 20 ms of an answer is in front of it, and judges by `at`, never by when it came to look.
 */
export interface Line {
  /** Puts one message on the wire without a gap; resolves, with the monotonic time, when its last bit has left. */
  send(symbols: readonly LineSymbol[]): Promise<Duration>;
  /** Calls `listener` with what arrives, in order; one listener per line, a new one replaces the old. */
  receive(listener: (symbols: readonly TimedSymbol[]) => void): void;
  /** What the adapter adds at most between the wire and `receive`; waiting times are longer by it. */
  readonly latency: Duration;
  /** Forgets what arrived and was not given to the listener yet. */
  flush(): void;
  /** Resolves when the line is closed, by `close` or because the device has gone, with the cause in words if known. */
  readonly closed: Promise<string | undefined>;
  close(): Promise<void>;
}
