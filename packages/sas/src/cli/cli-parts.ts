import { type Clock, type Random, UsageError } from '@vakhta/kernel';
import type { Command } from 'commander';

/** What the command line takes from the process it runs in. */
export interface CliParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly version: string;
  /** npx passes no signal on: whoever started us by it stops us by this. */
  readonly pid: number;
  readonly stdin: () => Promise<string>;
  readonly print: (text: string) => void;
  readonly complain: (text: string) => void;
  /** Resolves when the process is asked to end. */
  readonly stopped: Promise<void>;
}

/** A subcommand of `sas`: makes it, and tells the exit code by `done`. */
export type MakeCommand = (parts: CliParts, done: (code: number) => void) => Command;

/** Exit codes of every command: done, failed or found wrong, used wrongly. */
export const exit = { done: 0, failed: 1, usage: 2 } as const;

/** The command line itself is wrong: exit code 2. */
export class WrongUse extends UsageError {
  constructor(message: string) {
    super('cli.wrong_use', message);
  }
}
