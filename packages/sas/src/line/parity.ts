import { type LineSymbol, wakeup } from './symbols.ts';

/** How a UART makes the bit after the eighth; with none there is no such bit, and the stop bit stands in its place. */
export type Parity = 'mark' | 'space' | 'even' | 'odd';

/** The number of ones of a byte, modulo 2: the parity bit an 8-E-1 port sends. */
export function evenParityBit(byte: number): 0 | 1 {
  let folded = byte ^ (byte >> 4);
  folded ^= folded >> 2;
  return ((folded ^ (folded >> 1)) & 1) as 0 | 1;
}

/** The ninth bit a port set to `parity` puts behind a byte, and expects there. */
export function ninthBit(parity: Parity, byte: number): 0 | 1 {
  if (parity === 'mark') return 1;
  if (parity === 'space') return 0;
  const even = evenParityBit(byte);
  return parity === 'even' ? even : ((even ^ 1) as 0 | 1);
}

/** A byte as it leaves a port set to `parity`. */
export const symbolUnder = (parity: Parity, byte: number): LineSymbol =>
  ninthBit(parity, byte) ? wakeup | byte : byte;

/** What a port that is never switched from 8-E-1 makes of a message, whatever was meant (facts 2.2). */
export const evenParitySymbols = (bytes: ArrayLike<number>): LineSymbol[] =>
  Array.from(bytes, (byte) => symbolUnder('even', byte));
