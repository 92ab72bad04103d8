import { type FileHandle, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError } from '@vakhta/kernel';
import { z } from 'zod';
import { type Journal, type JournalEntry, openEntries } from './journal.ts';

const Entry = z.object({
  id: z.string(),
  kind: z.enum(['transfer', 'ticketIn', 'ticketOut']),
  closed: z.boolean(),
  facts: z.record(z.string(), z.unknown()),
});

/** A journal in a file of JSON lines, each flushed to the disk before it counts. One process at a time. */
export class FileJournal implements Journal {
  readonly #file: FileHandle;
  #open: JournalEntry[];
  #last: Promise<unknown> = Promise.resolve();

  private constructor(file: FileHandle, entries: JournalEntry[]) {
    this.#file = file;
    this.#open = entries;
  }

  /** Opens or makes the file; what is closed in it is left out of the new one, so that it stays short. */
  static async at(path: string): Promise<FileJournal> {
    const entries = openEntries(parse(await readFile(path, 'utf8').catch(whenMissing), path));
    const fresh = `${path}.new`;
    const file = await open(fresh, 'w', 0o600);
    await file.writeFile(entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
    await file.sync();
    await rename(fresh, path);
    const folder = await open(dirname(path), 'r');
    await folder.sync();
    await folder.close();
    return new FileJournal(file, entries);
  }

  write(entry: JournalEntry): Promise<void> {
    const written = this.#last.then(async () => {
      await this.#file.writeFile(`${JSON.stringify(entry)}\n`);
      await this.#file.datasync();
      this.#open = openEntries([...this.#open, entry]);
    });
    this.#last = written.catch(() => {});
    return written;
  }

  async open(): Promise<readonly JournalEntry[]> {
    await this.#last;
    return this.#open;
  }

  async close(): Promise<void> {
    await this.#last;
    await this.#file.close();
  }
}

const whenMissing = (error: NodeJS.ErrnoException): string => {
  if (error.code === 'ENOENT') return '';
  throw error;
};

/** A line that was cut by a crash is the last and was never acknowledged: it does not count. */
function parse(text: string, path: string): JournalEntry[] {
  const lines = text.split('\n');
  lines.pop();
  return lines.map((line, index) => {
    try {
      return Entry.parse(JSON.parse(line));
    } catch (cause) {
      throw new AppError('sas.journal_damaged', `line ${index + 1} of the journal cannot be read`, {
        context: { path, line: index + 1 },
        cause,
      });
    }
  });
}
