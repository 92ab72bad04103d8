/**
 * The requests and answers inside a `sync:` stream: a four-letter id, then little-endian fields. Files are sent and
 * received in DATA chunks of at most 64 KiB. Source: AOSP adb `file_sync_protocol.h` and `SYNC.TXT`.
 */
import type { Instant } from '@vakhta/kernel';

export const largestSyncData = 64 * 1024;
/** Longer paths are refused by adbd. */
export const longestSyncPath = 1024;

/** `S_IFMT` and the two kinds of file that matter here. */
export const fileKind = { mask: 0o170000, directory: 0o040000, regular: 0o100000 } as const;

export interface AdbFileStat {
  /** Kind and permissions, as `st_mode`. */
  readonly mode: number;
  /** Bytes. */
  readonly size: number;
  readonly mtime: Instant;
}

/** An id with one number: a length, a time, or zero. */
export function encodeSyncHeader(id: string, value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.write(id, 0, 'latin1');
  bytes.writeUInt32LE(value, 4);
  return bytes;
}

/** An id with a text or data after its length: requests, DATA and FAIL. */
export const encodeSyncBlock = (id: string, data: Uint8Array | string): Buffer => {
  const bytes = typeof data === 'string' ? Buffer.from(data) : data;
  return Buffer.concat([encodeSyncHeader(id, bytes.length), bytes]);
};

export const decodeSyncHeader = (bytes: Buffer): { id: string; value: number } => ({
  id: bytes.toString('latin1', 0, 4),
  value: bytes.readUInt32LE(4),
});

/** What follows the id of a `STAT` answer: mode, size, time; all zero for a file that is not there. */
export const statV1Length = 12;
/** What follows the id of a `STA2` or `LST2` answer. */
export const statV2Length = 68;

/** The errno values that stat v2 answers with (Linux's own numbers). */
export const syncErrno = { ok: 0, noSuchFile: 2 } as const;

export function encodeStatV1(stat: AdbFileStat | undefined): Buffer {
  const bytes = Buffer.alloc(statV1Length);
  if (!stat) return bytes;
  bytes.writeUInt32LE(stat.mode, 0);
  bytes.writeUInt32LE(stat.size >>> 0, 4);
  bytes.writeUInt32LE(Math.floor(stat.mtime / 1000), 8);
  return bytes;
}

export function decodeStatV1(bytes: Buffer): AdbFileStat | undefined {
  const mode = bytes.readUInt32LE(0);
  if (mode === 0) return undefined;
  return { mode, size: bytes.readUInt32LE(4), mtime: bytes.readUInt32LE(8) * 1000 };
}

/** error u32, dev u64, ino u64, mode, nlink, uid, gid u32, size u64, atime, mtime, ctime i64. */
export function encodeStatV2(stat: AdbFileStat | undefined): Buffer {
  const bytes = Buffer.alloc(statV2Length);
  if (!stat) {
    bytes.writeUInt32LE(syncErrno.noSuchFile, 0);
    return bytes;
  }
  const time = BigInt(Math.floor(stat.mtime / 1000));
  bytes.writeUInt32LE(stat.mode, 20);
  bytes.writeUInt32LE(1, 24);
  bytes.writeBigUInt64LE(BigInt(stat.size), 36);
  for (const offset of [44, 52, 60]) bytes.writeBigInt64LE(time, offset);
  return bytes;
}

export function decodeStatV2(bytes: Buffer): { errno: number; stat: AdbFileStat } {
  return {
    errno: bytes.readUInt32LE(0),
    stat: {
      mode: bytes.readUInt32LE(20),
      size: Number(bytes.readBigUInt64LE(36)),
      mtime: Number(bytes.readBigInt64LE(52)) * 1000,
    },
  };
}
