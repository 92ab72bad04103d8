import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { KeptFile } from '../platform/backup/manifest.ts';

/** What of the data directory goes into a backup beside the database: the local authority, which agents pinned. */
const FOLDERS = ['tls'] as const;

/** The files of the folders that are kept, as they are now. */
export async function readKeptFiles(data: string): Promise<KeptFile[]> {
  const files: KeptFile[] = [];
  for (const folder of FOLDERS) {
    const entries = await readdir(join(data, folder), { withFileTypes: true }).catch(() => []);
    for (const entry of entries.filter((one) => one.isFile() && !one.name.endsWith('.new'))) {
      const path = `${folder}/${entry.name}`;
      const { mode } = await stat(join(data, path));
      files.push({ path, mode: mode & 0o777, content: await readFile(join(data, path), 'base64') });
    }
  }
  return files;
}

/** Puts them back; nobody else may read them before their mode is set. */
export async function writeKeptFiles(data: string, files: readonly KeptFile[]): Promise<void> {
  for (const { path, mode, content } of files) {
    await mkdir(dirname(join(data, path)), { recursive: true, mode: 0o700 });
    await writeFile(join(data, path), Buffer.from(content, 'base64'), { mode: 0o600, flush: true });
    await chmod(join(data, path), mode);
  }
}
