import { hasGoodCrc } from '../codec/crc.ts';
import { dataLength, eventLength } from './lengths.ts';
import type { Pending } from './response.ts';

/** How many bytes an event may take beyond its code: 89 comes with one that nobody can explain (facts 7). */
const stray: Readonly<Record<number, number>> = { 137: 1 };

/**
 * Where the message that begins at `at` ends: `more` when it is not complete yet, undefined when no message of the
 * protocol begins there. Single bytes (exceptions, ACK, NACK) are never told apart from the start of a message by
 * content: their reader needs the gap behind them.
 */
export function messageEnd(
  bytes: ArrayLike<number>,
  at: number,
  end: number,
  pending: Pending,
  rte: boolean,
): number | 'more' | undefined {
  if (end - at < 2) return 'more';
  if (bytes[at]! >= 0x80) return undefined;
  const second = bytes[at + 1]!;
  if (second === 0xff) return rte ? eventEnd(bytes, at, end) : undefined;
  const isSignature = second === 0x21 && (pending === 'GP' || rte);
  if (!isSignature && (pending === 'GP' || pending === undefined || second !== Number.parseInt(pending, 16)))
    return second === 0 && pending !== 'GP' && pending !== undefined ? at + 2 : undefined;
  const length = isSignature ? 6 : dataLength(bytes, at, end);
  if (length === 'more') return 'more';
  if (length === undefined) return undefined;
  return at + length > end ? 'more' : closed(bytes, at, at + length);
}

/** An event without data is complete when its CRC is right there; otherwise its code tells the length. */
function eventEnd(bytes: ArrayLike<number>, at: number, end: number): number | 'more' | undefined {
  if (end - at < 5) return 'more';
  if (hasGoodCrc(bytes, at, at + 5)) return at + 5;
  const code = bytes[at + 2]!;
  const length = eventLength(code) + (stray[code] ?? 0);
  if (length === 5) return undefined;
  return at + length > end ? 'more' : closed(bytes, at, at + length);
}

const closed = (bytes: ArrayLike<number>, at: number, end: number): number | undefined =>
  hasGoodCrc(bytes, at, end) ? end : undefined;

/**
 * Splits what a port hands over into messages of a machine. Feed it pieces of any size: the messages are the same.
 * `rest` is what no message has been made of; a caller that sees a gap of 5 ms or gives up takes and clears it.
 */
export class Splitter {
  readonly pending: Pending;
  readonly rte: boolean;
  #rest: Uint8Array = new Uint8Array();

  constructor(options: { pending: Pending; rte: boolean }) {
    this.pending = options.pending;
    this.rte = options.rte;
  }

  get rest(): Uint8Array {
    return this.#rest;
  }

  /** The messages that `piece` completes. */
  push(piece: Uint8Array): Uint8Array[] {
    const bytes = new Uint8Array(this.#rest.length + piece.length);
    bytes.set(this.#rest);
    bytes.set(piece, this.#rest.length);
    const found: Uint8Array[] = [];
    let at = 0;
    for (;;) {
      const end = messageEnd(bytes, at, bytes.length, this.pending, this.rte);
      if (typeof end !== 'number') break;
      found.push(bytes.subarray(at, end));
      at = end;
    }
    this.#rest = bytes.slice(at);
    return found;
  }

  /** Takes the rest and begins anew. */
  clear(): Uint8Array {
    const rest = this.#rest;
    this.#rest = new Uint8Array();
    return rest;
  }
}
