export type {
  Command,
  CommandDone,
  CommandFields,
  CommandOutcome,
  CommandSet,
  CommandTrigger,
} from './command.ts';
export { BadCommandSet, type CommandProblem } from './command-problems.ts';
export { parseCommandSet } from './command-set-file.ts';
export { type AnyDone, type CommandHost, Commands, type CommandsOptions } from './commands.ts';
export { readCommandSet } from './read-command-set.ts';
