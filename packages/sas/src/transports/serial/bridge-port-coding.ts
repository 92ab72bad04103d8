import { BridgeDecoder, BridgeEncoder } from '../../line/bridge-coding.ts';
import { type LineSymbol, symbolTime } from '../../line/symbols.ts';
import type { Coding, SendTimes } from './coding.ts';
import type { Port } from './port.ts';

/** A bridge with a nine-bit UART of its own: no parity is switched, the bridge keeps the gap. */
export class BridgePortCoding implements Coding {
  readonly settings = { baud: 921_600, parity: undefined } as const;
  readonly atLinePace = true;
  readonly #encoder = new BridgeEncoder();
  readonly #decoder = new BridgeDecoder();

  send(port: Port, symbols: readonly LineSymbol[]): SendTimes {
    const startedAt = port.now();
    port.write(this.#encoder.encode(symbols));
    // Our side of the bridge is done long before the wire is.
    port.drain(symbols.length);
    return { end: Math.max(port.now(), startedAt + symbols.length * symbolTime), gap: undefined };
  }

  decode(bytes: Uint8Array): LineSymbol[] {
    return this.#decoder.decode(bytes);
  }
}
