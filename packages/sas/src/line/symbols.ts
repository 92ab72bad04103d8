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

/** The ninth bit of a symbol. */
export const wakeup = 0x100;

/** 19 200 bit/s, a start bit, eight of data, the ninth and a stop bit. */
export const baud = 19_200;
/** How long one symbol is on the wire: 572.9 µs. */
export const symbolTime: Duration = (11 * 1000) / baud;
/** The longest silence inside a message, from the end of a symbol to the start of the next. */
export const longestGap: Duration = 5;

/** A message of the host: the ninth bit on its first byte, on none of the others. */
export const hostSymbols = (bytes: ArrayLike<number>): LineSymbol[] =>
  Array.from(bytes, (byte, index) => (index === 0 ? wakeup | byte : byte));

/** A message of the machine: no ninth bit at all. */
export const machineSymbols = (bytes: ArrayLike<number>): LineSymbol[] => Array.from(bytes);

/** What a machine says that hears no host: its address, the one time it sets the ninth bit. */
export const chirpSymbol = (address: number): LineSymbol => wakeup | address;

/** Messages as a strict receiver cuts them: a new one at every symbol with the ninth bit. */
export function segments(symbols: readonly LineSymbol[]): Uint8Array[] {
  const found: number[][] = [];
  for (const symbol of symbols) {
    if (found.length === 0 || symbol & wakeup) found.push([]);
    found.at(-1)!.push(symbol & 0xff);
  }
  return found.map((bytes) => Uint8Array.from(bytes));
}
