import type { Duration } from '@vakhta/kernel';
import type { LineSymbol, TimedSymbol } from './symbols.ts';

/**
 * One end of a line that keeps the ninth bit. What holds the gap of 5 ms inside a message is behind it; what holds
 * the 20 ms of an answer is in front of it, and judges by `at`, never by when it came to look: a busy event loop
 * runs an overdue timer before it hands over what arrived in time, so a verdict of silence waits one turn more.
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
