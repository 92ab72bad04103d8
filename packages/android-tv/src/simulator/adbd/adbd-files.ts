import { type Clock, err, type Instant, ok, type Result } from '@vakhta/kernel';
import { type AdbFileStat, fileKind } from '../../adb/sync-protocol.ts';

export interface AdbdFileEntry {
  readonly name: string;
  readonly stat: AdbFileStat;
}

/** The files a simulated machine shows to `sync:`. Paths are absolute; a refusal is the text the client is shown. */
export interface AdbdFiles {
  /** `undefined`: nothing is there. */
  stat(path: string): AdbFileStat | undefined;
  /** What is in a directory, by name; empty where there is none. */
  list(path: string): readonly AdbdFileEntry[];
  read(path: string): Result<Uint8Array, string>;
  /** Makes missing directories, replaces what is there. `mode` holds permissions only. */
  write(path: string, content: Uint8Array, meta: { mode: number; mtime: Instant }): Result<void, string>;
}

const directoryMode = fileKind.directory | 0o771;

interface MemoryFile {
  readonly content: Uint8Array;
  readonly mode: number;
  readonly mtime: Instant;
}

/** A file system in memory, bounded by `capacity` bytes, as a TV's storage is. */
export class MemoryFiles implements AdbdFiles {
  readonly #clock: Clock;
  readonly #capacity: number;
  readonly #files = new Map<string, MemoryFile>();
  /** Directory → time of its making. */
  readonly #directories = new Map<string, Instant>();
  #used = 0;

  constructor(options: { clock: Clock; capacity?: number; directories?: readonly string[] }) {
    this.#clock = options.clock;
    this.#capacity = options.capacity ?? Number.POSITIVE_INFINITY;
    for (const path of options.directories ?? ['/data/local/tmp', '/sdcard'])
      this.#makeDirectory(normal(path));
  }

  /** Bytes in all files. */
  get used(): number {
    return this.#used;
  }

  stat(path: string): AdbFileStat | undefined {
    const at = normal(path);
    const file = this.#files.get(at);
    if (file) {
      return { mode: fileKind.regular | file.mode, size: file.content.length, mtime: file.mtime };
    }
    const madeAt = this.#directories.get(at);
    return madeAt === undefined ? undefined : { mode: directoryMode, size: 4096, mtime: madeAt };
  }

  list(path: string): readonly AdbdFileEntry[] {
    const at = normal(path);
    return [...this.#directories.keys(), ...this.#files.keys()]
      .filter((entry) => entry !== '/' && parentOf(entry) === at)
      .sort()
      .map((entry) => ({ name: entry.slice(entry.lastIndexOf('/') + 1), stat: this.stat(entry)! }));
  }

  read(path: string): Result<Uint8Array, string> {
    const at = normal(path);
    const file = this.#files.get(at);
    if (file) return ok(file.content);
    return err(
      this.#directories.has(at) ? 'read failed: Is a directory' : 'open failed: No such file or directory',
    );
  }

  write(path: string, content: Uint8Array, meta: { mode: number; mtime: Instant }): Result<void, string> {
    const at = normal(path);
    if (this.#directories.has(at)) return err("couldn't create file: Is a directory");
    for (let parent = parentOf(at); parent !== '/'; parent = parentOf(parent)) {
      if (this.#files.has(parent)) return err("couldn't create file: Not a directory");
    }
    const used = this.#used + content.length - (this.#files.get(at)?.content.length ?? 0);
    if (used > this.#capacity) return err('write failed: No space left on device');
    this.#makeDirectory(parentOf(at));
    this.#files.set(at, { content, mode: meta.mode & 0o7777, mtime: meta.mtime });
    this.#used = used;
    return ok(undefined);
  }

  /** Removes a file; says whether there was one. */
  remove(path: string): boolean {
    const at = normal(path);
    const file = this.#files.get(at);
    if (!file) return false;
    this.#used -= file.content.length;
    return this.#files.delete(at);
  }

  /** Moves a file over whatever file is at `to`. */
  rename(from: string, to: string): Result<void, string> {
    const file = this.#files.get(normal(from));
    if (!file) return err('No such file or directory');
    this.remove(from);
    return this.write(to, file.content, file);
  }

  #makeDirectory(path: string): void {
    for (let at = path; !this.#directories.has(at); at = parentOf(at)) {
      this.#directories.set(at, this.#clock.now());
    }
  }
}

/** Absolute, without `.`, `..`, doubled or closing slashes. */
function normal(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/';
