import { Output } from '../../adb/output.ts';
import {
  decodeSyncHeader,
  encodeStatV1,
  encodeStatV2,
  encodeSyncBlock,
  encodeSyncHeader,
  largestSyncData,
  longestSyncPath,
  statV1Length,
  statV2Length,
} from '../../adb/sync-protocol.ts';
import type { AdbdFiles } from './adbd-files.ts';
import type { AdbdStream } from './adbd-stream.ts';

interface SyncSession {
  readonly stream: AdbdStream;
  readonly files: AdbdFiles;
  readonly path: string;
}

interface SyncRequest {
  /** The feature a client must have seen to send it. */
  readonly feature?: string;
  /** `false` ends the session. */
  readonly serve: (session: SyncSession) => Promise<boolean>;
}

const requests: Readonly<Record<string, SyncRequest>> = {
  STAT: {
    serve: ({ stream, files, path }) =>
      stream.write(Buffer.concat([Buffer.from('STAT'), encodeStatV1(files.stat(path))])),
  },
  // There are no links here, so looking at one and looking through it are the same.
  STA2: { feature: 'stat_v2', serve: (session) => answerStatV2(session, 'STA2') },
  LST2: { feature: 'stat_v2', serve: (session) => answerStatV2(session, 'LST2') },
  LIST: { serve: (session) => answerList(session, 'DENT', statV1Length, encodeStatV1) },
  LIS2: { feature: 'ls_v2', serve: (session) => answerList(session, 'DNT2', statV2Length, encodeStatV2) },
  SEND: { serve: receiveV1 },
  SND2: { feature: 'sendrecv_v2', serve: receiveV2 },
  RECV: { serve: sendFile },
  RCV2: { feature: 'sendrecv_v2', serve: sendFileV2 },
};

/** `sync:` requests one after another until QUIT, nonsense, or the client's leaving. */
export async function serveSync(
  stream: AdbdStream,
  files: AdbdFiles,
  features: readonly string[],
): Promise<void> {
  for (;;) {
    const header = await stream.input.read(8);
    if (!header) return;
    const { id, value: length } = decodeSyncHeader(header);
    if (id === 'QUIT') return;
    const request = requests[id];
    if (!request || (request.feature && !features.includes(request.feature))) {
      await fail(stream, `unknown command ${JSON.stringify(id)}`);
      return;
    }
    if (length > longestSyncPath) {
      await fail(stream, 'path too long');
      return;
    }
    const path = await stream.input.read(length);
    if (!path || !(await request.serve({ stream, files, path: path.toString() }))) return;
  }
}

const fail = (stream: AdbdStream, reason: string): Promise<boolean> =>
  stream.write(encodeSyncBlock('FAIL', reason));

const answerStatV2 = ({ stream, files, path }: SyncSession, id: string): Promise<boolean> =>
  stream.write(Buffer.concat([Buffer.from(id), encodeStatV2(files.stat(path))]));

function answerList(
  { stream, files, path }: SyncSession,
  id: string,
  statLength: number,
  encodeStat: typeof encodeStatV1,
): Promise<boolean> {
  const entries = files.list(path).map(({ name, stat }) => {
    const nameBytes = Buffer.from(name);
    const nameLength = Buffer.alloc(4);
    nameLength.writeUInt32LE(nameBytes.length);
    return Buffer.concat([Buffer.from(id), encodeStat(stat), nameLength, nameBytes]);
  });
  // The closing DONE is as long as an entry without a name.
  const done = Buffer.concat([Buffer.from('DONE'), Buffer.alloc(statLength + 4)]);
  return stream.write(Buffer.concat([...entries, done]));
}

async function receiveV1(session: SyncSession): Promise<boolean> {
  const comma = session.path.lastIndexOf(',');
  const mode = comma < 0 ? Number.NaN : Number(session.path.slice(comma + 1));
  if (!Number.isInteger(mode)) {
    await fail(session.stream, 'missing , in ID_SEND');
    return false;
  }
  return receiveFile({ ...session, path: session.path.slice(0, comma) }, mode);
}

async function receiveV2(session: SyncSession): Promise<boolean> {
  const setup = await session.stream.input.read(12);
  if (!setup) return false;
  return setup.readUInt32LE(8) === 0
    ? receiveFile(session, setup.readUInt32LE(4))
    : refuseCompression(session.stream);
}

async function receiveFile({ stream, files, path }: SyncSession, mode: number): Promise<boolean> {
  const content = new Output(Number.POSITIVE_INFINITY);
  for (;;) {
    const header = await stream.input.read(8);
    if (!header) return false;
    const { id, value } = decodeSyncHeader(header);
    if (id === 'DONE') {
      const written = files.write(path, content.bytes(), { mode: mode & 0o7777, mtime: value * 1000 });
      return written.ok ? stream.write(encodeSyncHeader('OKAY', 0)) : fail(stream, written.error);
    }
    if (id !== 'DATA' || value > largestSyncData) {
      await fail(stream, id === 'DATA' ? 'oversize data message' : 'invalid data message');
      return false;
    }
    const data = await stream.input.read(value);
    if (!data) return false;
    content.add(data);
  }
}

async function sendFileV2(session: SyncSession): Promise<boolean> {
  const setup = await session.stream.input.read(8);
  if (!setup) return false;
  return setup.readUInt32LE(4) === 0 ? sendFile(session) : refuseCompression(session.stream);
}

// As adbd's own reads from its sync child do, several blocks share one WRTE.
const blocksAtOnce = 15;

async function sendFile({ stream, files, path }: SyncSession): Promise<boolean> {
  const content = files.read(path);
  if (!content.ok) return fail(stream, content.error);
  const { value: bytes } = content;
  for (let offset = 0; offset < bytes.length; offset += blocksAtOnce * largestSyncData) {
    const blocks: Uint8Array[] = [];
    const end = Math.min(bytes.length, offset + blocksAtOnce * largestSyncData);
    for (let at = offset; at < end; at += largestSyncData) {
      blocks.push(encodeSyncBlock('DATA', bytes.subarray(at, Math.min(at + largestSyncData, end))));
    }
    if (!(await stream.write(Buffer.concat(blocks)))) return false;
  }
  return stream.write(encodeSyncHeader('DONE', 0));
}

async function refuseCompression(stream: AdbdStream): Promise<boolean> {
  await fail(stream, 'compression is not supported');
  return false;
}
