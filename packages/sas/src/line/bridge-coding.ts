import { type LineSymbol, wakeup } from './symbols.ts';

/**
 * The coding of a bridge with a nine-bit UART of its own, spoken at 921 600 8N1 (facts 2.1): `1B 80 xx` for a
 * byte with the wakeup bit, `1B 00 xx` for the first byte without it, the following ones as they are. A literal 1B
 * is not in the facts; we write it as `1B 00 1B`, which reads the same whether a bridge keeps the state or not.
 */
const escapeByte = 0x1b;
const setNinth = 0x80;
const clearNinth = 0x00;

export class BridgeEncoder {
  #ninth: 0 | typeof wakeup | undefined;

  encode(symbols: readonly LineSymbol[]): Uint8Array {
    const bytes: number[] = [];
    for (const symbol of symbols) {
      const byte = symbol & 0xff;
      const ninth = symbol & wakeup ? wakeup : 0;
      if (ninth === wakeup) bytes.push(escapeByte, setNinth);
      else if (this.#ninth !== 0 || byte === escapeByte) bytes.push(escapeByte, clearNinth);
      bytes.push(byte);
      this.#ninth = ninth;
    }
    return Uint8Array.from(bytes);
  }
}

/**
 * Reads that coding from a stream cut anywhere. A byte without an escape has the ninth bit of the one before it.
 * `1B 1B` is a literal 1B, and 1B before anything else that is not a flag stands for itself.
 */
export class BridgeDecoder {
  #ninth: 0 | typeof wakeup = 0;
  #state: 'plain' | 'escaped' | 'flagged' = 'plain';

  decode(bytes: ArrayLike<number>): LineSymbol[] {
    const symbols: LineSymbol[] = [];
    for (let i = 0; i < bytes.length; i++) this.#next(bytes[i]!, symbols);
    return symbols;
  }

  #next(byte: number, symbols: LineSymbol[]): void {
    if (this.#state === 'escaped') {
      this.#state = 'plain';
      if (byte === setNinth || byte === clearNinth) {
        this.#ninth = byte === setNinth ? wakeup : 0;
        this.#state = 'flagged';
      } else if (byte === escapeByte) symbols.push(this.#ninth | escapeByte);
      else symbols.push(this.#ninth | escapeByte, this.#ninth | byte);
    } else if (this.#state === 'plain' && byte === escapeByte) this.#state = 'escaped';
    else {
      symbols.push(this.#ninth | byte);
      this.#state = 'plain';
    }
  }
}
