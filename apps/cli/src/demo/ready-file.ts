import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What programs that use the demo read (documented interface: names and shapes stay). */
export interface ReadyFile {
  url: string;
  email: string;
  password: string;
  token: string;
  organisation: string;
  /** Who works in the hall, where there is one: they have the owner's password. */
  people: { role: string; email: string }[];
  pids: { server: number; agents: number[]; simulators: number[] };
}

/** `demo.json`: there exactly while the demo is ready, for its owner only, since it holds a password. */
export class Announcement {
  readonly #file: string;
  readonly #pids = new Map<string, number>();
  #content: Omit<ReadyFile, 'pids'> | undefined;
  #written: Promise<void> = Promise.resolve();

  constructor(data: string) {
    this.#file = join(data, 'demo.json');
  }

  /** A process that was started again has another id: what is published says so. */
  setPid(name: string, pid: number): void {
    this.#pids.set(name, pid);
    if (this.#content) void this.#write();
  }

  async publish(content: Omit<ReadyFile, 'pids'>): Promise<void> {
    this.#content = content;
    await this.#write();
  }

  async withdraw(): Promise<void> {
    this.#content = undefined;
    await this.#write();
  }

  #pidOf(name: string): number[] {
    const pid = this.#pids.get(name);
    return pid === undefined ? [] : [pid];
  }

  /** One after another, so that the last one stands; it appears whole. */
  #write(): Promise<void> {
    this.#written = this.#written.then(async () => {
      if (!this.#content) return rm(this.#file, { force: true });
      const draft = `${this.#file}.${process.pid}`;
      const pid = (name: string) => this.#pids.get(name) ?? 0;
      const pids = {
        server: pid('server'),
        agents: [pid('agent')],
        simulators: [pid('simulator'), ...this.#pidOf('hall')],
      };
      await writeFile(draft, `${JSON.stringify({ ...this.#content, pids }, null, 2)}\n`, { mode: 0o600 });
      await rename(draft, this.#file);
    });
    return this.#written;
  }
}
