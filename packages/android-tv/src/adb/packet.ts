/**
 * The packet that everything of ADB travels in: 24 bytes of header, then a payload. Source: AOSP adb `protocol.txt`.
 *
 * Six little-endian u32: command, arg0, arg1, payload length, data check, magic (= command XOR 0xffffffff).
 */
import { AdbError } from './adb-error.ts';

export const adbCommandCodes = {
  CNXN: 0x4e584e43,
  AUTH: 0x48545541,
  STLS: 0x534c5453,
  OPEN: 0x4e45504f,
  OKAY: 0x59414b4f,
  WRTE: 0x45545257,
  CLSE: 0x45534c43,
} as const;

export type AdbCommand = keyof typeof adbCommandCodes;

const commandByCode: ReadonlyMap<number, AdbCommand> = new Map(
  Object.entries(adbCommandCodes).map(([name, code]) => [code, name as AdbCommand]),
);

export interface AdbPacket {
  readonly command: AdbCommand;
  readonly arg0: number;
  readonly arg1: number;
  readonly payload: Uint8Array;
}

/** Data checks are required at this version. */
export const adbVersionChecked = 0x01000000;
/** Data checks may be zero and must not be looked at once both sides said this version. */
export const adbVersionUnchecked = 0x01000001;

/** The most a side may send before it has seen the other's CNXN. */
export const adbInitialPayload = 4096;
/** The most we take in one packet, as modern devices do. */
export const adbLargestPayload = 1024 * 1024;

const headerLength = 24;
const noPayload = new Uint8Array(0);

/** The header's "crc32" field is in truth the sum of the payload's bytes. */
function sumOfBytes(payload: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < payload.length; i++) sum += payload[i]!;
  return sum;
}

/** One packet as one buffer, so that a small one leaves in one segment. `withSum` fills in the data check. */
export function encodePacket(packet: AdbPacket, withSum: boolean): Uint8Array {
  const code = adbCommandCodes[packet.command];
  const bytes = Buffer.allocUnsafe(headerLength + packet.payload.length);
  bytes.writeUInt32LE(code, 0);
  bytes.writeUInt32LE(packet.arg0, 4);
  bytes.writeUInt32LE(packet.arg1, 8);
  bytes.writeUInt32LE(packet.payload.length, 12);
  bytes.writeUInt32LE(withSum ? sumOfBytes(packet.payload) : 0, 16);
  bytes.writeUInt32LE((code ^ 0xffffffff) >>> 0, 20);
  bytes.set(packet.payload, headerLength);
  return bytes;
}

/** Makes a packet; what is left out is zero or empty. */
export const adbPacket = (
  command: AdbCommand,
  arg0 = 0,
  arg1 = 0,
  payload: Uint8Array = noPayload,
): AdbPacket => ({ command, arg0, arg1, payload });

/**
 * How data checks are judged. Before the versions are agreed a modern device already sends zero (AOSP lowers its own
 * checks while it handles our CNXN), an old one a sum: `sum_or_zero` takes both.
 */
export type DataCheck = 'sum_or_zero' | 'sum' | 'ignored';

/**
 * Cuts a byte stream into packets, whatever the chunks. Packets come lazily, so `dataCheck` may be changed by whoever
 * handles a CNXN and holds for the very next packet.
 */
export class PacketDecoder {
  dataCheck: DataCheck = 'sum_or_zero';
  readonly #largestPayload: number;
  #chunks: Uint8Array[] = [];
  #length = 0;
  #needed = headerLength;

  constructor(largestPayload: number) {
    this.#largestPayload = largestPayload;
  }

  /** Whether a packet has begun and not ended: the peer owes us the rest. */
  get isInsidePacket(): boolean {
    return this.#length > 0;
  }

  /**
   * Yields the packets completed by `chunk`. Unknown commands with a valid header are skipped, as adbd skips them.
   * @throws AdbError adb.protocol on a wrong magic, an oversized payload or a wrong sum; the stream is then unusable.
   */
  *push(chunk: Uint8Array): Generator<AdbPacket, void> {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    while (this.#length >= this.#needed) {
      const bytes = this.#joined();
      const payloadLength = this.#checkedPayloadLength(bytes);
      this.#needed = headerLength + payloadLength;
      if (bytes.length < this.#needed) return;

      const payload = bytes.subarray(headerLength, this.#needed);
      this.#keep(bytes.subarray(this.#needed));
      this.#checkSum(bytes.readUInt32LE(16), payload);
      const command = commandByCode.get(bytes.readUInt32LE(0));
      if (command) {
        yield { command, arg0: bytes.readUInt32LE(4), arg1: bytes.readUInt32LE(8), payload };
      }
    }
  }

  #joined(): Buffer {
    const [first] = this.#chunks;
    const bytes =
      first && this.#chunks.length === 1
        ? Buffer.from(first.buffer, first.byteOffset, first.byteLength)
        : Buffer.concat(this.#chunks, this.#length);
    this.#chunks = [bytes];
    return bytes;
  }

  #keep(rest: Uint8Array): void {
    this.#chunks = rest.length > 0 ? [rest] : [];
    this.#length = rest.length;
    this.#needed = headerLength;
  }

  #checkedPayloadLength(bytes: Buffer): number {
    const header = () => bytes.subarray(0, headerLength).toString('hex');
    if ((bytes.readUInt32LE(0) ^ bytes.readUInt32LE(20)) >>> 0 !== 0xffffffff) {
      throw new AdbError('adb.protocol', 'these bytes are not ADB: wrong magic', {
        context: { header: header() },
      });
    }
    const length = bytes.readUInt32LE(12);
    if (length > this.#largestPayload) {
      throw new AdbError('adb.protocol', 'a packet is larger than agreed', {
        context: { header: header(), length, largest: this.#largestPayload },
      });
    }
    return length;
  }

  #checkSum(stated: number, payload: Uint8Array): void {
    if (this.dataCheck === 'ignored' || (this.dataCheck === 'sum_or_zero' && stated === 0)) return;
    const sum = sumOfBytes(payload);
    if (sum === stated) return;
    throw new AdbError('adb.protocol', 'a packet was damaged: its sum is wrong', {
      context: { stated, sum },
    });
  }
}
