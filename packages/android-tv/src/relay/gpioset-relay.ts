import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { AppError, type Clock, milliseconds, sleep } from '@vakhta/kernel';
import type { Relay } from './relay.ts';

/** The two command lines of libgpiod's gpioset that keep a line held until they are ended. */
const heldLine = {
  /** libgpiod 1.x (Debian 12). */
  1: (chip: string, line: number, value: 0 | 1) => ['-m', 'signal', chip, `${line}=${value}`],
  /** libgpiod 2.x (Debian 13) stays by itself. */
  2: (chip: string, line: number, value: 0 | 1) => ['-c', chip, `${line}=${value}`],
} as const;

/** A gpioset that cannot have the line ends at once with a message; one that lives this long holds it. */
const settled = milliseconds(150);

/**
 * A relay on a GPIO line, held by a child process: a line's value is guaranteed only while whoever asked for it lives.
 * Released, the relay falls back to its wiring, so a normally closed one leaves the TV powered when the agent restarts.
 */
export class GpiosetRelay implements Relay {
  readonly #options: GpiosetOptions;
  #holder: ChildProcess | undefined;
  #on: boolean | undefined;

  constructor(options: GpiosetOptions) {
    this.#options = options;
  }

  /** The wiring's own state while nobody holds the line. */
  async read(): Promise<boolean | undefined> {
    return this.#on ?? this.#options.energisedIsOff;
  }

  async set(on: boolean): Promise<void> {
    const { chip, line, energisedIsOff, clock, program = 'gpioset' } = this.#options;
    const value = on === energisedIsOff ? 0 : 1;
    const version = await gpiosetVersion(program);
    // The kernel grants a line to one process: the old holder must be gone first.
    await this.close();
    const holder = spawn(program, heldLine[version](chip, line, value), {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let complaint = '';
    holder.stderr.on('data', (chunk: Buffer) => {
      complaint = (complaint + chunk.toString()).slice(-500);
    });
    const ended = new Promise<true>((resolve) => {
      holder.once('exit', () => resolve(true));
      holder.once('error', () => resolve(true));
    });
    if ((await Promise.race([ended, sleep(clock, settled)])) === true)
      throw new AppError('relay.gpioset_failed', `gpioset does not hold the line: ${complaint.trim()}`, {
        context: { chip, line, value },
        retry: 'after',
      });
    this.#holder = holder;
    this.#on = on;
    void ended.then(() => {
      if (this.#holder === holder) this.#forget();
    });
  }

  async close(): Promise<void> {
    const holder = this.#holder;
    this.#forget();
    if (!holder || holder.exitCode !== null || holder.signalCode !== null) return;
    const gone = once(holder, 'exit');
    holder.kill('SIGTERM');
    await gone;
  }

  #forget(): void {
    this.#holder = undefined;
    this.#on = undefined;
  }
}

export interface GpiosetOptions {
  chip: string;
  line: number;
  /** Wired normally closed: an energised relay cuts the mains. */
  energisedIsOff: boolean;
  clock: Clock;
  /** Default: `gpioset` on the PATH. */
  program?: string;
}

/** The major version that `gpioset --version` prints: "gpioset (libgpiod) v1.6.3". */
async function gpiosetVersion(program: string): Promise<1 | 2> {
  let stdout: string;
  try {
    ({ stdout } = await promisify(execFile)(program, ['--version']));
  } catch (cause) {
    throw new AppError('relay.no_gpioset', `${program} cannot be run: install the gpiod package`, {
      cause,
      retry: 'after',
    });
  }
  return /^\D*1\./.test(stdout) ? 1 : 2;
}
