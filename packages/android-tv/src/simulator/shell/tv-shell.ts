import { sleep } from '@vakhta/kernel';
import type { AdbdCommandIo, AdbdCommandResult } from '../adbd/index.ts';
import { parseScript } from './parse-script.ts';
import type { Program, ProgramContext, Session } from './program.ts';
import { programs } from './programs.ts';

/** Runs a command line at a simulated TV as its shell would. */
export async function runShell(
  session: Session,
  script: string,
  io: AdbdCommandIo,
): Promise<AdbdCommandResult> {
  const stdout: Uint8Array[] = [];
  let stderr = '';
  let exitCode = 0;
  for (const { joint, commands } of parseScript(script)) {
    if (joint === 'onSuccess' && exitCode !== 0) continue;
    if (joint === 'onFailure' && exitCode === 0) continue;
    const [name, status] = commands[0]?.words ?? [];
    if (name === 'exit') return result(stdout, stderr, Number(status ?? exitCode) & 255);
    let piped: Uint8Array | undefined;
    for (const { words, ...streams } of commands) {
      const done = await runProgram(
        words.map((word) => word.replaceAll('$?', String(exitCode))),
        { ...session, io, piped },
      );
      const complaint = done.stderr ?? '';
      piped = streams.stdout === 'dropped' ? new Uint8Array(0) : bytesOf(done.stdout);
      if (streams.stderr === 'merged') piped = Buffer.concat([piped, Buffer.from(complaint)]);
      else if (streams.stderr === 'apart') stderr += complaint;
      exitCode = done.exitCode;
    }
    if (piped) stdout.push(piped);
  }
  return result(stdout, stderr, exitCode);
}

const bytesOf = (output: string | Uint8Array): Uint8Array =>
  typeof output === 'string' ? Buffer.from(output) : output;

const result = (stdout: Uint8Array[], stderr: string, exitCode: number): AdbdCommandResult => ({
  stdout: Buffer.concat(stdout),
  stderr,
  exitCode,
});

async function runProgram(words: readonly string[], context: ProgramContext): Promise<AdbdCommandResult> {
  const [name = '', ...args] = words;
  const { tv } = context;
  if (tv.delays.command > 0) await sleep(tv.clock, tv.delays.command, context.io.signal);
  const program: Program | undefined = Object.hasOwn(programs, name) ? programs[name] : undefined;
  const isThere = program !== undefined && (program.since === undefined || tv.profile.sdk >= program.since);
  const isGone = program?.until !== undefined && tv.profile.sdk > program.until;
  if (!isThere || isGone)
    return { stdout: '', stderr: `/system/bin/sh: ${name}: inaccessible or not found\n`, exitCode: 127 };
  return program.run(context, args);
}
