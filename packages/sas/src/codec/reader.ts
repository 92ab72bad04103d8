import { toHex } from './hex.ts';

/** The value of a packed byte of two decimal digits; 255 where a nibble is above 9. */
const packed = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >> 4 > 9 || (byte & 15) > 9 ? 255 : (byte >> 4) * 10 + (byte & 15),
);

/**
 * Walks over the data of a message. A read past the end or of something that is not what it should be does not
 * throw, since garbage is everyday on a line: it notes the first `problem` and gives a harmless value.
 */
export class Reader {
  readonly bytes: Uint8Array;
  readonly end: number;
  position: number;
  problem: string | undefined;

  constructor(bytes: Uint8Array, start: number, end: number) {
    this.bytes = bytes;
    this.position = start;
    this.end = end;
  }

  get left(): number {
    return this.end - this.position;
  }

  fail(problem: string): void {
    this.problem ??= problem;
    this.position = this.end;
  }

  /** Moves on by `count` bytes; gives where they began, or -1 when there are fewer. */
  skip(count: number): number {
    const start = this.position;
    if (start + count > this.end) {
      this.fail('the message is too short');
      return -1;
    }
    this.position = start + count;
    return start;
  }

  byte(): number {
    const at = this.skip(1);
    return at < 0 ? 0 : this.bytes[at]!;
  }

  /** Binary, least significant byte first (facts 4). */
  littleEndian(count: number): number {
    const at = this.skip(count);
    if (at < 0) return 0;
    let value = 0;
    for (let i = at + count - 1; i >= at; i--) value = value * 256 + this.bytes[i]!;
    if (value > Number.MAX_SAFE_INTEGER) this.fail('the number is too large');
    return value;
  }

  /** Packed decimal, most significant byte first (facts 4). */
  bcd(count: number): number {
    const at = this.skip(count);
    if (at < 0) return 0;
    let value = 0;
    for (let i = at; i < at + count; i++) {
      const pair = packed[this.bytes[i]!]!;
      if (pair === 255) {
        this.fail('a digit is not decimal');
        return 0;
      }
      value = value * 100 + pair;
    }
    if (value > Number.MAX_SAFE_INTEGER) this.fail('the number is too large');
    return value;
  }

  /** Packed decimal as the digits that were sent. */
  digits(count: number): string {
    const at = this.skip(count);
    if (at < 0) return '';
    for (let i = at; i < at + count; i++)
      if (packed[this.bytes[i]!] === 255) {
        this.fail('a digit is not decimal');
        return '';
      }
    return toHex(this.bytes, at, at + count);
  }

  hex(count: number): string {
    const at = this.skip(count);
    return at < 0 ? '' : toHex(this.bytes, at, at + count);
  }

  /** A byte each, as Latin-1: what is not ASCII survives. */
  text(count: number): string {
    const at = this.skip(count);
    if (at < 0) return '';
    let text = '';
    for (let i = at; i < at + count; i++) text += String.fromCharCode(this.bytes[i]!);
    return text;
  }
}
