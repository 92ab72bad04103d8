import { UsageError } from '@vakhta/kernel';
import { crc16 } from './crc.ts';
import { fromHex } from './hex.ts';

/** Collects the bytes of a message. What does not fit its field is the caller's mistake and throws. */
export class Writer {
  readonly #bytes: number[] = [];
  /** The field that is being written, for the message of an error. */
  field = '';

  refuse(value: unknown, expected: string): never {
    throw new UsageError('sas.bad_field', `${this.field || 'field'} must be ${expected}`, {
      context: { field: this.field, value: typeof value === 'bigint' ? String(value) : value },
    });
  }

  get length(): number {
    return this.#bytes.length;
  }

  #integer(value: number, most: number): void {
    if (!Number.isInteger(value) || value < 0 || value > most)
      this.refuse(value, `a whole number from 0 to ${most}`);
  }

  byte(value: number): void {
    this.#integer(value, 255);
    this.#bytes.push(value);
  }

  littleEndian(value: number, count: number): void {
    this.#integer(value, Math.min(256 ** count - 1, Number.MAX_SAFE_INTEGER));
    let rest = value;
    for (let i = 0; i < count; i++) {
      this.#bytes.push(rest % 256);
      rest = Math.floor(rest / 256);
    }
  }

  bcd(value: number, count: number): void {
    this.#integer(value, Math.min(100 ** count - 1, Number.MAX_SAFE_INTEGER));
    this.digits(String(value).padStart(2 * count, '0'), count);
  }

  digits(value: string, count: number): void {
    if (typeof value !== 'string' || value.length !== 2 * count || !/^[0-9]*$/.test(value))
      this.refuse(value, `${2 * count} decimal digits`);
    for (let i = 0; i < value.length; i += 2)
      this.#bytes.push((value.charCodeAt(i) - 48) * 16 + value.charCodeAt(i + 1) - 48);
  }

  /** Hex of exactly `count` bytes, or of any length when `count` is undefined. */
  hex(value: string, count: number | undefined, order: 'asWritten' | 'lowFirst' = 'asWritten'): void {
    const bytes = typeof value === 'string' ? fromHex(value) : undefined;
    if (!bytes || (count !== undefined && bytes.length !== count))
      this.refuse(value, count === undefined ? 'hex of whole bytes' : `${2 * count} hex digits`);
    this.#bytes.push(...(order === 'lowFirst' ? bytes.reverse() : bytes));
  }

  text(value: string): void {
    if (typeof value !== 'string') this.refuse(value, 'a text');
    for (let i = 0; i < value.length; i++) {
      const code = value.charCodeAt(i);
      if (code > 255) this.refuse(value, 'a text of one byte a character');
      this.#bytes.push(code);
    }
  }

  /** Writes a byte now that says how many bytes `body` wrote. */
  counted(body: () => void): void {
    const at = this.#bytes.length;
    this.#bytes.push(0);
    body();
    const length = this.#bytes.length - at - 1;
    if (length > 255) this.refuse(length, 'at most 255 bytes long');
    this.#bytes[at] = length;
  }

  /** Appends the CRC of everything so far, low byte first. */
  crc(): void {
    const crc = crc16(this.#bytes);
    this.#bytes.push(crc & 0xff, crc >>> 8);
  }

  finish(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }
}
