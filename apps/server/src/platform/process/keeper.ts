import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { AppError } from '@vakhta/kernel';

/**
 * A shell that lives between us and a program: when our end of its standard input closes, for whatever reason, kill -9
 * included, it signals the program; when the program ends, it ends with its exit status. It tells the program's process
 * id on descriptor 3. The program runs in a session of its own, so that a terminal's Ctrl-C reaches us alone and we
 * choose the order in which things stop.
 */
const SCRIPT = `
signal=$1
shift
exec 4<&0
"$@" 3>&- 4<&- </dev/null &
program=$!
echo "$program" >&3
exec 3>&-
{ cat <&4 >/dev/null 2>&1; kill -s "$signal" "$program" 2>/dev/null; } &
exec 4<&-
wait "$program"
`;

export interface KeptOptions {
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** Descriptor of the file that both output streams go to. */
  log: number;
  /** Asks the program to end. */
  signal: 'INT' | 'TERM';
  /** Whom to run as, where we are root. */
  account?: { uid: number; gid: number };
}

/** A program under a keeper. */
export interface Kept {
  pid: number;
  /** Resolves to its exit status as a shell tells it: 128 + the signal's number where a signal ended it. */
  readonly ended: Promise<number>;
  /** Asks it to end, as our own death would. */
  release(): void;
}

/** Starts a program that does not outlive us. */
export async function spawnKept(
  program: string,
  args: readonly string[],
  options: KeptOptions,
): Promise<Kept> {
  const keeper: ChildProcess = spawn(
    '/bin/sh',
    ['-c', SCRIPT, 'vakhta-keeper', options.signal, program, ...args],
    {
      cwd: options.cwd,
      env: options.env,
      stdio: ['pipe', options.log, options.log, 'pipe'],
      detached: true,
      ...(process.getuid?.() === 0 ? options.account : {}),
    },
  );
  // A keeper that is gone does not read: nothing to be told.
  keeper.stdin?.on('error', () => {});
  const ended = once(keeper, 'exit').then(([status]) => Number(status ?? 137));
  const lines = createInterface(keeper.stdio[3] as Readable);
  const [pid] = (await Promise.race([once(lines, 'line'), ended.then(() => [])])) as [string?];
  lines.close();
  if (pid === undefined) throw new AppError('process.not_started', `${program} could not be started`);
  return { pid: Number(pid), ended, release: () => keeper.stdin?.destroy() };
}
