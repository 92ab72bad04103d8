import { z } from 'zod';
import { type MessageName, messageByCode, messageNames } from '../messages/index.ts';
import { exceptions } from '../tables/index.ts';
import type { Command, CommandSet, CommandTrigger } from './command.ts';
import { BadCommandSet, type CommandProblem, didYouMean } from './command-problems.ts';
import { commandSetProblems } from './command-rules.ts';
import { parseDuration } from './duration-text.ts';

const duration = z.string().transform((text, context) => {
  const parsed = parseDuration(text);
  if (parsed !== undefined) return parsed;
  context.addIssue('must be a time such as 500ms, 10s, 1.5min or 1h');
  return z.NEVER;
});

/** By its name, or by its two hex digits. */
const poll = z.string().transform((text, context): MessageName => {
  const found = messageByCode(text.toUpperCase())?.name ?? messageNames.find((name) => name === text);
  if (found !== undefined) return found;
  context.addIssue(`there is no poll '${text}'${didYouMean(text, messageNames)}`);
  return z.NEVER;
});

const exceptionNames = [...exceptions.values()].map(({ name }) => name);
const trigger = z.string().transform((text, context): CommandTrigger => {
  const found = exceptions.get(text.toUpperCase())?.name ?? exceptionNames.find((name) => name === text);
  if (found !== undefined || text === 'up') return found ?? 'up';
  context.addIssue(`there is no exception '${text}'${didYouMean(text, ['up', ...exceptionNames])}`);
  return z.NEVER;
});

const Entry = z.strictObject({
  name: z.string().regex(/^[\w.-]{1,64}$/, 'must be 1 to 64 letters, digits, points, dashes or underscores'),
  title: z.string().optional(),
  poll,
  fields: z.record(z.string(), z.unknown()).optional(),
  every: duration.optional(),
  on: z
    .union([trigger, z.array(trigger)])
    .transform((given) => (Array.isArray(given) ? given : [given]))
    .optional(),
  retries: z.int().min(0).max(100).optional(),
  retryAfter: duration.optional(),
  within: duration.optional(),
});

const File = z.strictObject({ $schema: z.string().optional(), commands: z.array(z.unknown()) });

/**
 * Commands from the text of a JSON file: `{"commands": [{"name": …, "poll": …, …}]}`. Throws `BadCommandSet` with
 * all that is wrong: command, field and rule.
 */
export function parseCommandSet(text: string, file?: string): CommandSet {
  const whole = File.safeParse(parseJson(text, file));
  if (!whole.success) throw new BadCommandSet(problemsOf(whole.error, '', Object.keys(File.shape)), file);
  const set: Record<string, Command> = {};
  const problems: CommandProblem[] = [];
  for (const [index, given] of whole.data.commands.entries()) {
    const label = nameOf(given) ?? `#${index + 1}`;
    const entry = Entry.safeParse(given);
    if (!entry.success) {
      problems.push(...problemsOf(entry.error, label, Object.keys(Entry.shape)));
      continue;
    }
    const { name, ...command } = entry.data;
    if (Object.hasOwn(set, name))
      problems.push({ command: name, field: 'name', rule: `#${index + 1} has the name of another command` });
    // Whether the fields are those of the poll is what the rules find out.
    set[name] = command as Command;
  }
  problems.push(...commandSetProblems(set));
  if (problems.length > 0) throw new BadCommandSet(problems, file);
  return set;
}

function parseJson(text: string, file: string | undefined): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const rule = `is not JSON: ${error instanceof Error ? error.message : String(error)}`;
    throw new BadCommandSet([{ command: '', field: '', rule }], file);
  }
}

const nameOf = (given: unknown): string | undefined =>
  typeof given === 'object' && given !== null && 'name' in given && typeof given.name === 'string'
    ? given.name
    : undefined;

const problemsOf = (error: z.ZodError, command: string, known: readonly string[]): CommandProblem[] =>
  error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ command, field: key, rule: `is not known${didYouMean(key, known)}` }))
      : [{ command, field: issue.path.join('.'), rule: ruleOf(issue) }],
  );

/** A union's own words say nothing: its first branch that got furthest does. */
function ruleOf(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'invalid_union') return issue.message;
  const branches = issue.errors.flat().filter(({ code }) => code === 'custom');
  return branches[0]?.message ?? issue.message;
}
