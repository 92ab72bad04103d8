import { readFile } from 'node:fs/promises';
import type { CommandSet } from './command.ts';
import { BadCommandSet } from './command-problems.ts';
import { parseCommandSet } from './command-set-file.ts';

/** Commands from a JSON file. Throws `BadCommandSet` with all that is wrong with it. */
export async function readCommandSet(path: string): Promise<CommandSet> {
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw new BadCommandSet([{ command: '', field: '', rule: `cannot be read: ${error.message}` }], path);
  });
  return parseCommandSet(text, path);
}
