import { AdbError } from './adb-error.ts';

/** Bytes gathered up to a limit: a device that never stops talking must not fill our memory. */
export class Output {
  readonly #largest: number;
  #chunks: Uint8Array[] = [];
  #length = 0;

  constructor(largest: number) {
    this.#largest = largest;
  }

  /** @throws AdbError adb.too_large beyond the limit. */
  add(chunk: Uint8Array): void {
    this.#length += chunk.length;
    if (this.#length > this.#largest) {
      this.#chunks = [];
      throw new AdbError('adb.too_large', 'more output than allowed', {
        context: { largest: this.#largest },
      });
    }
    this.#chunks.push(chunk);
  }

  bytes(): Uint8Array {
    return Buffer.concat(this.#chunks, this.#length);
  }

  /** As text; bytes that are not UTF-8 become U+FFFD, because what a vendor prints is not ours to refuse. */
  text(): string {
    return new TextDecoder().decode(this.bytes());
  }
}
