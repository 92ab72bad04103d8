import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { open, rename, rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { AppError } from '@vakhta/kernel';
import { type Pack, pack } from 'tar-stream';

const compress = promisify(gzip);
const PART_BYTES = 4 * 1024 * 1024;

export const HEAD_ENTRY = 'vakhta-backup.json';
export const MANIFEST_ENTRY = 'manifest.json';
/** The last line of the file, after the end of the archive, which readers of tar do not look beyond. */
export const sealLine = (sha256: string): string => `vakhta-seal sha256 ${sha256}\n`;
export const SEAL_BYTES = Buffer.byteLength(sealLine('0'.repeat(64)));

export interface ArchiveWriter {
  /** A small entry as JSON. */
  json(name: string, content: unknown): Promise<void>;
  /** A long text in compressed parts, 'NAME/000001.gz' and so on, so that its length need not be known before. */
  parts(name: string, text: AsyncIterable<Uint8Array>): Promise<void>;
}

/**
 * Writes a tar archive whose last line is the hash of all before it: any byte that is changed, added or missing is
 * found. The file appears whole or not at all, for its owner only.
 */
export async function writeArchive(
  file: string,
  write: (archive: ArchiveWriter) => Promise<void>,
): Promise<{ bytes: number }> {
  const draft = `${file}.part`;
  const handle = await open(draft, 'wx', 0o600).catch((cause: NodeJS.ErrnoException) => {
    throw new AppError('backup.not_writable', `${draft} can not be made: ${cause.message}`, { cause });
  });
  try {
    const tar = pack();
    const hash = createHash('sha256');
    let bytes = 0;
    const draining = (async () => {
      for await (const chunk of tar) {
        hash.update(chunk as Uint8Array);
        bytes += (await handle.writev([chunk as Uint8Array])).bytesWritten;
      }
    })();
    // What breaks the writing, such as a full disk, has to end what fills it, too.
    const writing = write(archiveOf(tar)).then(() => tar.finalize());
    draining.catch((error: unknown) => tar.destroy(error as Error));
    writing.catch((error: unknown) => tar.destroy(error as Error));
    await Promise.all([draining, writing]);
    const seal = sealLine(hash.digest('hex'));
    await handle.write(seal);
    await handle.sync();
    await handle.close();
    await rename(draft, file);
    return { bytes: bytes + seal.length };
  } catch (error) {
    await handle.close().catch(() => {});
    await rm(draft, { force: true });
    throw error;
  }
}

function archiveOf(tar: Pack): ArchiveWriter {
  const entry = async (name: string, content: Buffer) => {
    const whole = tar.entry({ name, mode: 0o600, size: content.length });
    const written = once(whole, 'finish');
    whole.end(content);
    await written;
  };
  return {
    json: (name, content) => entry(name, Buffer.from(`${JSON.stringify(content, null, 1)}\n`)),
    async parts(name, text) {
      let part = 0;
      let waiting: Uint8Array[] = [];
      let bytes = 0;
      const flush = async () => {
        part += 1;
        const content = await compress(Buffer.concat(waiting));
        waiting = [];
        bytes = 0;
        await entry(`${name}/${String(part).padStart(6, '0')}.gz`, content);
      };
      for await (const chunk of text) {
        waiting.push(chunk);
        bytes += chunk.length;
        if (bytes >= PART_BYTES) await flush();
      }
      if (bytes > 0) await flush();
    },
  };
}
