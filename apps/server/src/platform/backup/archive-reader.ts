import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { AppError } from '@vakhta/kernel';
import { extract } from 'tar-stream';
import { HEAD_ENTRY, MANIFEST_ENTRY, SEAL_BYTES, sealLine } from './archive-writer.ts';
import { BACKUP_VERSION, BackupHead, BackupManifest } from './manifest.ts';

const decompress = promisify(gunzip);

/** A piece of a table's rows, as COPY writes them; it may begin and end within a row. */
export interface TablePart {
  /** 'schema.table'. */
  table: string;
  text: Buffer;
}

/** A backup whose every byte was found to be as it was written. */
export interface CheckedBackup {
  head: BackupHead;
  manifest: BackupManifest;
  /** Reads the file once more, part by part, in the order it was written. */
  parts(): AsyncGenerator<TablePart>;
}

/**
 * Opens a backup after looking at all of it. Throws `AppError` with the reason: 'backup.foreign' for a file that is no
 * backup, 'backup.newer', 'backup.cut_off', 'backup.damaged'.
 */
export async function openBackup(file: string): Promise<CheckedBackup> {
  const head = await readHead(file);
  if (head.version > BACKUP_VERSION)
    throw new AppError(
      'backup.newer',
      `${file} was made by Vakhta ${head.madeBy} in layout ${head.version}, which this version can not read: update first`,
    );
  const end = await checkSeal(file);
  let manifest: unknown;
  for await (const { name, content } of entriesOf(file, end))
    if (name === MANIFEST_ENTRY) manifest = JSON.parse(content.toString('utf8'));
  const parsed = BackupManifest.safeParse(manifest);
  if (!parsed.success) throw damaged(file, 'its manifest is missing or not as it should be', parsed.error);
  return {
    head,
    manifest: parsed.data,
    async *parts() {
      for await (const { name, content } of entriesOf(file, end)) {
        const [, table] = /^tables\/(.+)\/\d{6}\.gz$/.exec(name) ?? [];
        if (table !== undefined) yield { table, text: await decompress(content) };
      }
    },
  };
}

const foreign = (file: string): AppError =>
  new AppError(
    'backup.foreign',
    `${file} does not begin as a backup of Vakhta does: it is another file, or its beginning is damaged`,
  );
const damaged = (file: string, why: string, cause?: unknown): AppError =>
  new AppError('backup.damaged', `${file} is damaged: ${why}`, { cause });

/** The first entry stands right after its header of 512 bytes, in every version. */
async function readHead(file: string): Promise<BackupHead> {
  const handle = await open(file).catch((cause: NodeJS.ErrnoException) => {
    throw new AppError('backup.unreadable', `${file} can not be read: ${cause.message}`, { cause });
  });
  try {
    const { buffer: block, bytesRead } = await handle.read(Buffer.alloc(4096), 0, 4096, 0);
    if (bytesRead < 1024 || !block.subarray(0, 100).toString('latin1').startsWith(`${HEAD_ENTRY}\0`))
      throw foreign(file);
    const size = Number.parseInt(block.subarray(124, 136).toString('latin1'), 8);
    const text = size > 0 && size <= bytesRead - 512 ? block.subarray(512, 512 + size).toString('utf8') : '';
    const head = BackupHead.safeParse(parseJson(text));
    if (!head.success) throw foreign(file);
    return head.data;
  } finally {
    await handle.close();
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Hashes the whole file; returns where the archive in it ends. */
async function checkSeal(file: string): Promise<number> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const end = Math.max(0, size - SEAL_BYTES);
    const last = await handle.read(Buffer.alloc(SEAL_BYTES), 0, SEAL_BYTES, end);
    const seal = last.buffer.toString('latin1');
    const [, sealed] = /^vakhta-seal sha256 ([0-9a-f]{64})\n$/.exec(seal) ?? [];
    if (sealed === undefined || seal !== sealLine(sealed))
      throw new AppError(
        'backup.cut_off',
        `${file} does not end as a backup does: it was cut off, added to, or its end is damaged`,
      );
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(file, { end: end - 1, highWaterMark: 1024 * 1024 }))
      hash.update(chunk as Uint8Array);
    if (hash.digest('hex') !== sealed) throw damaged(file, 'its bytes are not those that were written');
    return end;
  } finally {
    await handle.close();
  }
}

async function* entriesOf(file: string, end: number): AsyncGenerator<{ name: string; content: Buffer }> {
  const source = createReadStream(file, { end: end - 1, highWaterMark: 1024 * 1024 });
  const tar = extract();
  source.on('error', (error) => tar.destroy(error));
  source.pipe(tar);
  try {
    for await (const entry of tar) yield { name: entry.header.name, content: await buffer(entry) };
  } finally {
    source.destroy();
  }
}
