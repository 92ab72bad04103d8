import { type ChildProcess, spawn } from 'node:child_process';
import type { Account } from './account.ts';

/**
 * A shell that lives between us and a program: when our end of its standard input closes, for whatever reason, kill -9
 * included, it sends the program SIGINT; when the program ends, it ends with its exit status. The program runs in a session of
 * its own, so that a terminal's Ctrl-C reaches us alone and we choose the order in which things stop.
 */
const SCRIPT = `
exec 3<&0
"$@" 3<&- </dev/null &
program=$!
{ cat <&3 >/dev/null 2>&1; kill -INT "$program" 2>/dev/null; } &
exec 3<&-
wait "$program"
`;

/** Starts `program` under a keeper with `cwd` as working directory and both output streams going to the file `log`. */
export function spawnKept(
  program: string,
  args: readonly string[],
  options: { cwd: string; account: Account; log: number; env: NodeJS.ProcessEnv },
): ChildProcess {
  const as = process.getuid?.() === 0 ? options.account : {};
  return spawn('/bin/sh', ['-c', SCRIPT, 'vakhta-keeper', program, ...args], {
    cwd: options.cwd,
    env: options.env,
    stdio: ['pipe', options.log, options.log],
    detached: true,
    ...(as as Partial<Account>),
  });
}
