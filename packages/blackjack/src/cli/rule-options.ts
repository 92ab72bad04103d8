import { type Command, Option } from 'commander';
import { parseRules } from '../rules/parse-rules.ts';
import { presets } from '../rules/presets.ts';
import { type RuleSet, ruleSetSchema } from '../rules/rule-set.ts';
import { type CliParts, WrongUse } from './cli-parts.ts';

export interface RuleOptions {
  readonly rules?: string;
  readonly set?: readonly string[];
  readonly strategy: string;
  readonly json?: boolean;
}

/** Rules from a file or a preset, then changed by `--set KEY=VALUE`. */
export const withRules = (command: Command): Command =>
  command
    .option('--rules <file or preset>', `a JSON file, or ${Object.keys(presets).join(', ')}`)
    .option('--set <key=value...>', `change a rule: ${Object.keys(ruleSetSchema.shape).join(', ')}`)
    .addOption(
      new Option('--strategy <class>', 'class of strategy')
        .choices(['CDZ-', 'CDP1', 'CDP', 'CDPN', '2C', 'TD'])
        .default('CDZ-'),
    )
    .option('--json', 'print JSON');

export async function rulesOf(
  parts: CliParts,
  options: Pick<RuleOptions, 'rules' | 'set'>,
): Promise<RuleSet> {
  const written = await writtenRules(parts, options.rules);
  for (const change of options.set ?? []) {
    const at = change.indexOf('=');
    if (at < 1) throw new WrongUse(`--set ${change}: write KEY=VALUE`);
    written[change.slice(0, at)] = valueOfFlag(change.slice(at + 1));
  }
  if (!('shoe' in written) && !('infinite' in written)) written.decks ??= 6;
  return parseRules(written);
}

async function writtenRules(parts: CliParts, from: string | undefined): Promise<Record<string, unknown>> {
  if (from === undefined) return {};
  if (Object.hasOwn(presets, from)) return { ...presets[from as keyof typeof presets] };
  try {
    const parsed: unknown = JSON.parse(new TextDecoder().decode(await parts.readFile(from)));
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return { ...parsed };
  } catch (error) {
    throw new WrongUse(`--rules ${from}: ${error instanceof Error ? error.message : String(error)}`);
  }
  throw new WrongUse(`--rules ${from}: not a JSON object`);
}

function valueOfFlag(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Cards as people write them: "A,T,7" or "A 10 7". */
export function cardsOf(text: string): number[] {
  return text
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((name) => {
      const card = /^a$/i.test(name) ? 1 : /^[tjqk]$/i.test(name) ? 10 : Number(name);
      if (!Number.isInteger(card) || card < 1 || card > 10)
        throw new WrongUse(`'${name}' is not a card: A, 2..9, T`);
      return card;
    });
}
