import { AppError } from '@vakhta/kernel';
import type { z } from 'zod';
import { fullDecks } from '../cards/pack.ts';
import { type Clash, clashesOf } from './clashes.ts';
import { type RuleSet, ruleSetSchema } from './rule-set.ts';

/** The rules cannot be played: `context.problems` has each with its rule. Code `blackjack.bad_rules`. */
export class BadRules extends AppError {
  readonly problems: readonly RuleProblem[];

  constructor(problems: readonly RuleProblem[]) {
    super('blackjack.bad_rules', problems.map(sentenceOf).join('; '), { context: { problems } });
    this.problems = problems;
  }
}

export type RuleProblem = Omit<Clash, 'rule' | 'with'> & { readonly rule: string; readonly with?: string };

const sentenceOf = (problem: RuleProblem) =>
  `${[problem.rule, problem.with].filter(Boolean).join(' with ')}: ${problem.message}`;

export interface ParseOptions {
  /** Accept rules that do nothing beside others, as files of many games have them; such a rule is refused otherwise. */
  readonly allowIdle?: boolean;
}

/**
 * Completes what was written and refuses what cannot be played together.
 *
 * @throws {BadRules} naming every rule at fault
 * @example parseRules({ decks: 6, dealer: 'H17', surrender: 'LS' })
 */
export function parseRules(written: unknown, { allowIdle = false }: ParseOptions = {}): RuleSet {
  const parsed = ruleSetSchema.safeParse(written);
  if (!parsed.success) throw new BadRules(parsed.error.issues.map(problemOf));
  const given = parsed.data;
  const peeks = given.holeCard === 'OBO';
  const rules: RuleSet = {
    ...given,
    peekAce: given.peekAce ?? peeks,
    peekTen: given.peekTen ?? peeks,
    shoe:
      given.shoe ?? (given.infinite || given.decks === null ? null : fullDecks(given.decks, given.spanish)),
  };
  const clashes = clashesOf(rules).filter(({ idle }) => !(idle && allowIdle));
  if (clashes.length > 0) throw new BadRules(clashes);
  return rules;
}

function problemOf(issue: z.core.$ZodIssue): RuleProblem {
  if (issue.code === 'unrecognized_keys')
    return { rule: issue.keys.join(', '), message: `unknown rule; known: ${known.join(', ')}` };
  return { rule: issue.path.join('.') || 'rules', message: issue.message };
}

const known = Object.keys(ruleSetSchema.shape);
