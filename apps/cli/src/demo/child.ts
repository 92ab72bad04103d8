import { open, stat } from 'node:fs/promises';
import { type Clock, type Duration, seconds, sleep } from '@vakhta/kernel';
import { type Kept, spawnKept } from '@vakhta/server/supervision';

const LOG_LIMIT_BYTES = 16 * 1024 * 1024;
const FIRST_WAIT = seconds(0.25);
const LONGEST_WAIT = seconds(8);
/** Who lived this long died of something new. */
const STEADY = seconds(30);

export interface ChildOptions {
  name: string;
  /** Arguments of this same Node. */
  args: readonly string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** File for what it says. */
  log: string;
  /** How long it gets to end by itself. */
  patience: Duration;
  clock: Clock;
  /** Told of each new process, and of each that died unasked. */
  onStart(pid: number): void;
  onDeath(status: number): void;
}

/** One of our processes: started again, with a growing wait, for as long as it should run. */
export class Child {
  readonly #options: ChildOptions;
  #kept: Kept | undefined;
  #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(options: ChildOptions) {
    this.#options = options;
  }

  get pid(): number | undefined {
    return this.#kept?.pid;
  }

  /** Resolves when its first process is there. */
  async start(): Promise<void> {
    this.#kept = await this.#spawn();
    this.#running = this.#watch(this.#kept);
  }

  async stop(): Promise<void> {
    const { clock, patience } = this.#options;
    this.#stopping.abort();
    const kept = this.#kept;
    kept?.release();
    const impatience = clock.after(patience, () => {
      if (kept) tryKill(kept.pid);
    });
    await this.#running;
    impatience.cancel();
  }

  async #spawn(): Promise<Kept> {
    const { args, cwd, env, log, onStart } = this.#options;
    const size = (await stat(log).catch(() => undefined))?.size ?? 0;
    const file = await open(log, size > LOG_LIMIT_BYTES ? 'w' : 'a', 0o600);
    try {
      const kept = await spawnKept(process.execPath, args, { cwd, env, log: file.fd, signal: 'TERM' });
      onStart(kept.pid);
      return kept;
    } finally {
      await file.close();
    }
  }

  async #watch(first: Kept): Promise<void> {
    const { clock, onDeath } = this.#options;
    const { signal } = this.#stopping;
    let wait = FIRST_WAIT;
    for (let kept = first; ; ) {
      const start = clock.monotonic();
      const status = await kept.ended;
      this.#kept = undefined;
      if (signal.aborted) return;
      onDeath(status);
      wait = clock.monotonic() - start > STEADY ? FIRST_WAIT : Math.min(wait * 2, LONGEST_WAIT);
      await sleep(clock, wait, signal).catch(() => {});
      if (signal.aborted) return;
      kept = await this.#spawn();
      this.#kept = kept;
      // Asked to stop while it was being started.
      if (signal.aborted) kept.release();
    }
  }
}

function tryKill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself meanwhile.
  }
}
