import { UsageError } from '@vakhta/kernel';
import { closest, distance } from 'fastest-levenshtein';

/** What is wrong with a command of a set. */
export interface CommandProblem {
  /** Its name, or its place (`#3`) when it has none. */
  readonly command: string;
  /** Path of the field, e.g. `fields.game`; empty for the command as a whole. */
  readonly field: string;
  readonly rule: string;
}

/** A set of commands that cannot be used, with everything that is wrong with it. */
export class BadCommandSet extends UsageError {
  readonly problems: readonly CommandProblem[];

  constructor(problems: readonly CommandProblem[], file?: string) {
    const where = file === undefined ? '' : `${file}: `;
    super('sas.bad_command_set', problems.map((problem) => where + inWords(problem)).join('\n'), {
      context: { file, problems },
    });
    this.problems = problems;
  }
}

function inWords({ command, field, rule }: CommandProblem): string {
  const whose = command === '' ? '' : `command ${command}${field === '' ? '' : ', '}`;
  const which = field === '' ? '' : `field ${field}`;
  return whose + which === '' ? rule : `${whose}${which}: ${rule}`;
}

/** "; did you mean …?" when one of `known` is near enough. */
export function didYouMean(given: string, known: readonly string[]): string {
  if (known.length === 0) return '';
  const nearest = closest(
    given.toLowerCase(),
    known.map((name) => name.toLowerCase()),
  );
  const found = known.find((name) => name.toLowerCase() === nearest)!;
  return distance(given.toLowerCase(), nearest) <= Math.max(2, given.length / 3)
    ? `; did you mean ${found}?`
    : '';
}
