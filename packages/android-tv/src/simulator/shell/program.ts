import type { AdbdCommandIo, AdbdCommandResult, MemoryFiles } from '../adbd/index.ts';
import type { SimulatedTv } from '../tv/simulated-tv.ts';

/** What stays of a TV between two commands. */
export interface Session {
  tv: SimulatedTv;
  files: MemoryFiles;
  /** Runs of `input` wait for one another in the TV. */
  inputLine: { last: Promise<void> };
}

export interface ProgramContext extends Session {
  io: AdbdCommandIo;
  /** What the program before in the pipe printed. */
  piped: Uint8Array | undefined;
}

export interface Program {
  run: (context: ProgramContext, args: readonly string[]) => AdbdCommandResult | Promise<AdbdCommandResult>;
  /** API levels between which it is there. */
  since?: number;
  until?: number;
}

export const printed = (stdout: string | Uint8Array, exitCode = 0): AdbdCommandResult => ({
  stdout,
  exitCode,
});
export const complained = (stderr: string, exitCode = 1): AdbdCommandResult => ({
  stdout: '',
  stderr,
  exitCode,
});
