import { randomUUID } from 'node:crypto';
import { chmod, link, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError } from '@vakhta/kernel';
import type * as z from 'zod';

/**
 * The secrets in `file`, made by `generate` if it is not there yet. The file appears whole or not at all, for its owner
 * only; of two that make it at once, one wins and both get the same. Throws 'secrets.exposed' when others
 * may read the file.
 */
export async function ensureSecrets<T>(file: string, schema: z.ZodType<T>, generate: () => T): Promise<T> {
  const existing = await readSecrets(file, schema);
  if (existing !== undefined) return existing;
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const draft = draftOf(file);
  await writeFile(draft, `${JSON.stringify(generate(), null, 2)}\n`, { mode: 0o600, flag: 'w', flush: true });
  try {
    // Unlike rename, this does not replace what another process put there meanwhile.
    await link(draft, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(draft, { force: true });
  }
  return (await readSecrets(file, schema))!;
}

/** Puts other secrets in the place of those in `file`, whole or not at all. */
export async function replaceSecrets<T>(file: string, secrets: T): Promise<void> {
  const draft = draftOf(file);
  await writeFile(draft, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600, flush: true });
  await rename(draft, file);
}

/** Beside the file, so that it can be linked or renamed; of its own, whoever else makes one at the same time. */
const draftOf = (file: string): string => `${file}.${randomUUID()}`;

async function readSecrets<T>(file: string, schema: z.ZodType<T>): Promise<T | undefined> {
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!found) return undefined;
  if (found.mode & 0o077)
    throw new AppError(
      'secrets.exposed',
      `${file} can be read by others: chmod 600 it, and replace what it holds`,
    );
  const parsed = schema.safeParse(JSON.parse(await readFile(file, 'utf8')));
  if (!parsed.success)
    throw new AppError(
      'secrets.invalid',
      `${file}: ${parsed.error.issues[0]?.path.join('.')} is not as it should be`,
    );
  return parsed.data;
}

/** Makes a directory that only its owner may enter; one that is there keeps its mode unless it is open to writers. */
export async function ensurePrivateDirectory(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const { mode } = await stat(directory);
  if (mode & 0o022) await chmod(directory, mode & ~0o022);
}
