import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';

const LastBackup = z.object({
  file: z.string(),
  at: z.iso.datetime(),
  bytes: z.int().nonnegative(),
  rows: z.int().nonnegative(),
});
export type LastBackup = z.infer<typeof LastBackup>;

const fileOf = (data: string): string => join(data, 'last-backup.json');

/** What the last backup was, for whoever asks how old it is; null where none was ever made. */
export async function readLastBackup(data: string): Promise<LastBackup | null> {
  try {
    return LastBackup.parse(JSON.parse(await readFile(fileOf(data), 'utf8')));
  } catch {
    return null;
  }
}

export async function noteLastBackup(data: string, { file, at, bytes, rows }: LastBackup): Promise<void> {
  await writeFile(`${fileOf(data)}.new`, `${JSON.stringify({ file, at, bytes, rows })}\n`, { mode: 0o600 });
  await rename(`${fileOf(data)}.new`, fileOf(data));
}
