/**
 * The packets inside a `shell,v2` stream: one byte of id, a little-endian u32 of length, the data. They may be cut
 * anywhere by the WRTEs that carry them. Source: AOSP adb `shell_protocol.h`.
 */
import { AdbError } from './adb-error.ts';

export const shellPacketIds = {
  stdin: 0,
  stdout: 1,
  stderr: 2,
  /** One byte: the exit code. */
  exit: 3,
  closeStdin: 4,
  windowSize: 5,
} as const;

const headerLength = 5;

export function encodeShellPacket(id: number, data: Uint8Array): Uint8Array {
  const bytes = Buffer.allocUnsafe(headerLength + data.length);
  bytes.writeUInt8(id, 0);
  bytes.writeUInt32LE(data.length, 1);
  bytes.set(data, headerLength);
  return bytes;
}

/**
 * Hands data on as it comes, without waiting for a packet to be whole: a packet's length is the device's word and
 * may be anything, our memory is not.
 */
export class ShellDecoder {
  readonly #onData: (id: number, data: Uint8Array) => void;
  #header: number[] = [];
  #left = 0;

  constructor(onData: (id: number, data: Uint8Array) => void) {
    this.#onData = onData;
  }

  push(chunk: Uint8Array): void {
    let offset = 0;
    while (offset < chunk.length) {
      if (this.#header.length < headerLength) {
        this.#header.push(chunk[offset++]!);
        if (this.#header.length === headerLength) this.#beginPacket();
        continue;
      }
      const data = chunk.subarray(offset, offset + this.#left);
      offset += data.length;
      this.#left -= data.length;
      this.#onData(this.#header[0]!, data);
      if (this.#left === 0) this.#header = [];
    }
  }

  #beginPacket(): void {
    this.#left = Buffer.from(this.#header).readUInt32LE(1);
    if (this.#left > 0) return;
    const id = this.#header[0]!;
    this.#header = [];
    if (id === shellPacketIds.exit) throw new AdbError('adb.protocol', 'a shell exit packet without a code');
    this.#onData(id, new Uint8Array(0));
  }
}
