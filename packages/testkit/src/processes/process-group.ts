import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { AppError, seconds } from '@vakhta/kernel';
import { until } from './until.ts';

/** The root of the checkout, where npm links the commands. */
const ROOT = join(import.meta.dirname, '../../../..');
const KEPT_LINES = 100;
/** Of processes that came and went, the last ones tell the story. */
const TOLD_PROCESSES = 10;

export interface Command {
  /** What it is called in reports. */
  name: string;
  /** A command of this project, as after `npx`. */
  command: string;
  args: readonly string[];
  /** Beside the PATH; nothing else of our own environment is passed on. */
  env?: Readonly<Record<string, string>>;
  /** What it reads from its standard input; nothing unless given. */
  input?: string;
}

/** A real process of ours. */
export interface RunningProcess {
  readonly name: string;
  readonly pid: number;
  readonly isRunning: boolean;
  /** Its last lines, both streams. */
  readonly lines: readonly string[];
  /** The first line of its standard output that `read` makes something of; throws when it ends without one. */
  firstLine<T>(read: (line: string) => T | undefined): Promise<T>;
  /** Sends a signal and waits for the end; 'SIGKILL' is what a power cut is to a process. */
  end(signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): Promise<void>;
}

/** Real processes that end with the test, whatever becomes of it. */
export class ProcessGroup {
  readonly #processes: StartedProcess[] = [];
  readonly #atExit = () => {
    for (const { child } of this.#processes) child.kill('SIGKILL');
  };

  constructor() {
    process.once('exit', this.#atExit);
  }

  start(command: Command): RunningProcess {
    const started = new StartedProcess(command);
    this.#processes.push(started);
    return started;
  }

  /** What every process said last; for a failure's report. */
  get story(): string {
    return this.#processes
      .slice(-TOLD_PROCESSES)
      .map(({ name, pid, lines, isRunning }) =>
        [`--- ${name} (pid ${pid}${isRunning ? '' : ', ended'})`, ...lines].join('\n'),
      )
      .join('\n');
  }

  /** Ends all of them, the youngest first. */
  async stop(): Promise<void> {
    for (const running of this.#processes.reverse()) await running.end('SIGTERM');
    process.off('exit', this.#atExit);
  }
}

class StartedProcess implements RunningProcess {
  readonly name: string;
  readonly child: ChildProcess;
  readonly lines: string[] = [];
  readonly #printed: string[] = [];

  constructor({ name, command, args, env, input = '' }: Command) {
    this.name = name;
    this.child = spawn(process.execPath, [join(ROOT, 'node_modules/.bin', command), ...args], {
      cwd: ROOT,
      env: { PATH: process.env.PATH, ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.child.stdin?.end(input);
    for (const stream of [this.child.stdout, this.child.stderr])
      createInterface({ input: stream! }).on('line', (line) => {
        if (this.lines.push(line) > KEPT_LINES) this.lines.shift();
        if (stream === this.child.stdout && this.#printed.length < KEPT_LINES) this.#printed.push(line);
      });
  }

  get pid(): number {
    if (this.child.pid === undefined)
      throw new AppError('testkit.not_started', `${this.name} did not start at all`);
    return this.child.pid;
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  firstLine<T>(read: (line: string) => T | undefined): Promise<T> {
    let looked = 0;
    return until(`${this.name} says so`, () => {
      const wasRunning = this.isRunning;
      while (looked < this.#printed.length) {
        const found = read(this.#printed[looked++]!);
        if (found !== undefined) return found;
      }
      if (!wasRunning)
        throw new AppError('testkit.ended', `${this.name} ended too early:\n${this.lines.join('\n')}`);
      return undefined;
    });
  }

  async end(signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): Promise<void> {
    if (!this.isRunning) return;
    const ended = once(this.child, 'exit');
    this.child.kill(signal);
    const tooLong = setTimeout(() => this.child.kill('SIGKILL'), seconds(15));
    await ended;
    clearTimeout(tooLong);
  }
}
