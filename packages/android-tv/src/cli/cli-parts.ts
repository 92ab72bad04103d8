import { type Clock, type Random, UsageError } from '@vakhta/kernel';

/** What a command line takes from the process it runs in. */
export interface CliParts {
  clock: Clock;
  random: Random;
  version: string;
  /** npx passes no signal on: whoever started us by it stops us by this. */
  pid: number;
  stdin: () => Promise<string>;
  print: (text: string) => void;
  complain: (text: string) => void;
  /** Resolves when the process is asked to end. */
  stopped: Promise<void>;
}

/** Exit codes of every command: done, failed or found wrong, used wrongly. */
export const exit = { done: 0, failed: 1, usage: 2 } as const;

/** The command line itself is wrong: exit code 2. */
export class WrongUse extends UsageError {
  constructor(message: string) {
    super('cli.wrong_use', message);
  }
}
