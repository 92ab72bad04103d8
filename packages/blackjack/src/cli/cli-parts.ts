import { type Clock, UsageError } from '@vakhta/kernel';

/** What a command line takes from the process it runs in. */
export interface CliParts {
  readonly clock: Clock;
  readonly version: string;
  readonly print: (text: string) => void;
  readonly complain: (text: string) => void;
  /** Shows how far long work has come; called with undefined when it ends. Nothing is shown to a file. */
  readonly progress: (text: string | undefined) => void;
  readonly readFile: (path: string) => Promise<Uint8Array>;
  readonly gunzip: (bytes: Uint8Array) => Uint8Array;
}

/** Exit codes of every command: done, failed or found wrong, used wrongly. */
export const exit = { done: 0, failed: 1, usage: 2 } as const;

/** The command line itself is wrong: exit code 2. */
export class WrongUse extends UsageError {
  constructor(message: string) {
    super('cli.wrong_use', message);
  }
}
