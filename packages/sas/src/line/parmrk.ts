import { type Parity, symbolUnder } from './parity.ts';
import { type LineSymbol, wakeup } from './symbols.ts';

/**
 * The coding a Linux reader gets from a port with INPCK | PARMRK | IGNBRK (facts 2.3): a byte whose ninth bit is not
 * the expected one comes as `FF 00 b`, a literal FF as `FF FF`. With SPACE expected, a marked byte has the wakeup
 * bit. Also how our virtual links (TCP, pseudo-terminals in between) carry the ninth bit.
 */
export function encodeParmrk(symbols: readonly LineSymbol[]): Uint8Array {
  const bytes: number[] = [];
  for (const symbol of symbols) {
    const byte = symbol & 0xff;
    if (symbol & wakeup) bytes.push(0xff, 0x00, byte);
    else if (byte === 0xff) bytes.push(0xff, 0xff);
    else bytes.push(byte);
  }
  return Uint8Array.from(bytes);
}

/**
 * Reads that coding from a stream cut anywhere. With another parity than SPACE expected, a byte that is not marked
 * has the ninth bit of that parity, and a marked one the other. What the coding cannot hold (FF before anything but 00 and FF) is
 * taken for a literal FF, since a driver that does not double it is likelier than a byte from nowhere.
 */
export class ParmrkDecoder {
  #state: 'plain' | 'escaped' | 'marked' = 'plain';
  /** What the port was set to while the bytes to come arrived. */
  expected: Parity = 'space';

  decode(bytes: ArrayLike<number>): LineSymbol[] {
    const symbols: LineSymbol[] = [];
    for (let i = 0; i < bytes.length; i++) this.#next(bytes[i]!, symbols);
    return symbols;
  }

  #next(byte: number, symbols: LineSymbol[]): void {
    if (this.#state === 'marked') {
      symbols.push(symbolUnder(this.expected, byte) ^ wakeup);
      this.#state = 'plain';
    } else if (this.#state === 'escaped') {
      if (byte === 0x00) {
        this.#state = 'marked';
        return;
      }
      symbols.push(symbolUnder(this.expected, 0xff));
      this.#state = 'plain';
      if (byte !== 0xff) symbols.push(symbolUnder(this.expected, byte));
    } else if (byte === 0xff) this.#state = 'escaped';
    else symbols.push(symbolUnder(this.expected, byte));
  }
}
