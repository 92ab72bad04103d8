import type { Instant } from '@vakhta/kernel';
import { AdbError } from './adb-error.ts';
import { ByteQueue } from './byte-queue.ts';
import type { Connection } from './connection.ts';
import { Output } from './output.ts';
import { adbLargestPayload } from './packet.ts';
import { type ServiceLimits, withService } from './service.ts';
import type { AdbStream } from './stream.ts';
import {
  type AdbFileStat,
  decodeStatV1,
  decodeStatV2,
  decodeSyncHeader,
  encodeSyncBlock,
  encodeSyncHeader,
  fileKind,
  largestSyncData,
  longestSyncPath,
  statV1Length,
  statV2Length,
  syncErrno,
} from './sync-protocol.ts';

// Several blocks go in one WRTE, because each WRTE waits for the one before it to be taken.
const blocksAtOnce = 7;

/** Writes a file. @throws AdbError adb.refused with the device's words when it cannot. */
export function pushFile(
  connection: Connection,
  path: string,
  content: Uint8Array,
  { mode, mtime }: { mode: number; mtime: Instant },
  limits: ServiceLimits,
): Promise<void> {
  return withSync(connection, limits, path, async ({ stream, answers }) => {
    const destination = `${path},${fileKind.regular | (mode & 0o7777)}`;
    // Both ends are watched: a device that is full says FAIL in the middle and may stop taking our data.
    const verdict = readVerdict(answers, path);
    const sent = (async () => {
      await stream.write(encodeSyncBlock('SEND', destination));
      for (let offset = 0; offset < content.length; offset += blocksAtOnce * largestSyncData) {
        await stream.write(dataBlocks(content.subarray(offset, offset + blocksAtOnce * largestSyncData)));
      }
      await stream.write(encodeSyncHeader('DONE', Math.floor(mtime / 1000)));
    })();
    sent.catch(() => {});
    await Promise.race([verdict, sent.then(() => verdict)]);
  });
}

function dataBlocks(content: Uint8Array): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (let offset = 0; offset < content.length; offset += largestSyncData) {
    blocks.push(encodeSyncBlock('DATA', content.subarray(offset, offset + largestSyncData)));
  }
  return Buffer.concat(blocks);
}

/** Reads a file of at most `maxBytes`. @throws AdbError adb.refused with the device's words, adb.too_large. */
export function pullFile(
  connection: Connection,
  path: string,
  maxBytes: number,
  limits: ServiceLimits,
): Promise<Uint8Array> {
  return withSync(connection, limits, path, async ({ stream, answers }) => {
    const content = new Output(maxBytes);
    stream.write(encodeSyncBlock('RECV', path)).catch(() => {});
    for (;;) {
      const { id, value } = await readHeader(answers);
      if (id === 'DONE') return content.bytes();
      if (id === 'FAIL') throw await refusal(answers, value, path);
      if (id !== 'DATA' || value > largestSyncData) throw unexpected(id, value);
      content.add(await readExactly(answers, value));
    }
  });
}

/** What is at `path`, links followed; `undefined` when nothing is, or (old devices) when it may not be looked at. */
export function statFile(
  connection: Connection,
  path: string,
  limits: ServiceLimits,
): Promise<AdbFileStat | undefined> {
  const request = connection.agreement.banner.features.has('stat_v2') ? 'STA2' : 'STAT';
  return withSync(connection, limits, path, async ({ stream, answers }) => {
    stream.write(encodeSyncBlock(request, path)).catch(() => {});
    const id = (await readExactly(answers, 4)).toString('latin1');
    if (id !== request) throw unexpected(id, 0);
    if (request === 'STAT') return decodeStatV1(await readExactly(answers, statV1Length));
    const { errno, stat } = decodeStatV2(await readExactly(answers, statV2Length));
    if (errno === syncErrno.noSuchFile) return undefined;
    if (errno === syncErrno.ok) return stat;
    throw new AdbError('adb.refused', 'the device cannot look at the file', { context: { path, errno } });
  });
}

// Answers are read as they come, so there is never much more than one packet unread from an honest device.
const mostUnread = 4 * adbLargestPayload;

interface SyncSession {
  readonly stream: AdbStream;
  readonly answers: ByteQueue;
}

async function withSync<T>(
  connection: Connection,
  limits: ServiceLimits,
  path: string,
  use: (session: SyncSession) => Promise<T>,
): Promise<T> {
  if (Buffer.byteLength(path) > longestSyncPath) {
    throw new AdbError('adb.too_large', 'the path is longer than a device takes', {
      context: { longest: longestSyncPath },
    });
  }
  const answers = new ByteQueue();
  return withService(
    connection,
    'sync:',
    limits,
    ({ stream, ended }) => {
      ended.then(
        () => answers.end(new AdbError('adb.closed', 'the device closed the sync stream')),
        (error: Error) => answers.end(error),
      );
      return use({ stream, answers });
    },
    (chunk) => {
      answers.push(chunk);
      if (answers.length > mostUnread) {
        throw new AdbError('adb.protocol', 'the device says more than it was asked');
      }
    },
  );
}

async function readExactly(answers: ByteQueue, length: number): Promise<Buffer> {
  const bytes = await answers.read(length);
  if (!bytes) throw new AdbError('adb.closed', 'the sync stream ended early');
  return bytes;
}

const readHeader = async (answers: ByteQueue) => decodeSyncHeader(await readExactly(answers, 8));

async function readVerdict(answers: ByteQueue, path: string): Promise<void> {
  const { id, value } = await readHeader(answers);
  if (id === 'FAIL') throw await refusal(answers, value, path);
  if (id !== 'OKAY') throw unexpected(id, value);
}

async function refusal(answers: ByteQueue, length: number, path: string): Promise<AdbError> {
  const words = await readExactly(answers, Math.min(length, largestSyncData));
  return new AdbError('adb.refused', `the device refused the file: ${words.toString()}`, {
    context: { path },
  });
}

const unexpected = (id: string, value: number) =>
  new AdbError('adb.protocol', 'an unexpected answer in a sync stream', { context: { id, value } });
