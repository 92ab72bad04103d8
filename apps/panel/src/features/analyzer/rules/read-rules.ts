import {
  BadRules,
  parseRules,
  type RuleProblem,
  type RuleSet,
  type RuleSetInput,
  ruleSetSchema,
} from '@vakhta/blackjack';
import { useMemo } from 'react';

export interface RulesReading {
  /** Absent where they cannot be played. */
  readonly rules?: RuleSet;
  readonly problems: readonly RuleProblem[];
}

/** What written rules come to. A rule that does nothing beside another is a problem to say, but the game is played. */
export function readRules(written: RuleSetInput): RulesReading {
  const first = attempt(written, false);
  return first.rules ? first : { rules: attempt(written, true).rules, problems: first.problems };
}

/** The same while a page shows it: one reading per change. */
export const useReadRules = (written: RuleSetInput): RulesReading =>
  useMemo(() => readRules(written), [written]);

function attempt(written: RuleSetInput, allowIdle: boolean): RulesReading {
  try {
    return { rules: parseRules(written, { allowIdle }), problems: [] };
  } catch (error) {
    if (error instanceof BadRules) return { problems: error.problems };
    throw error;
  }
}

const defaultRules = ruleSetSchema.parse({});

export type RuleKey = keyof RuleSet;

/** Written rules with one rule changed; what has its default is left out, so that links and files stay short. */
export function withRule<Key extends RuleKey>(
  written: RuleSetInput,
  key: Key,
  value: RuleSetInput[Key],
): RuleSetInput {
  const { [key]: _, ...rest } = written;
  const isDefault = JSON.stringify(value) === JSON.stringify(defaultRules[key as keyof typeof defaultRules]);
  return value === undefined || isDefault ? rest : { ...rest, [key]: value };
}

/** The value a rule has, written or by default. */
export function ruleOf<Key extends RuleKey>(written: RuleSetInput, key: Key): RuleSet[Key] {
  return (written[key] ?? defaultRules[key as keyof typeof defaultRules]) as RuleSet[Key];
}
