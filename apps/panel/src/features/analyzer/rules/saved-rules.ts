import { type RuleSetInput, ruleSetSchema } from '@vakhta/blackjack';
import * as z from 'zod';

const STORED = 'vakhta-rule-sets';
const library = z.record(z.string(), z.unknown());

/** The rule sets kept on this device by name; one that no longer reads as rules is left out. */
export function savedRules(): ReadonlyMap<string, RuleSetInput> {
  let stored: unknown;
  try {
    stored = JSON.parse(localStorage.getItem(STORED) ?? '{}');
  } catch {
    stored = {};
  }
  const entries = Object.entries(library.catch({}).parse(stored));
  return new Map(
    entries.filter(([, rules]) => ruleSetSchema.safeParse(rules).success) as [string, RuleSetInput][],
  );
}

export function keepRules(saved: ReadonlyMap<string, RuleSetInput>): void {
  localStorage.setItem(STORED, JSON.stringify(Object.fromEntries(saved)));
}

/** The rules in a file, or why there are none. */
export function rulesInFile(text: string): { rules: RuleSetInput } | { problem: string } {
  try {
    const written: unknown = JSON.parse(text);
    const parsed = ruleSetSchema.safeParse(written);
    if (parsed.success) return { rules: written as RuleSetInput };
    const [issue] = parsed.error.issues;
    return { problem: `${issue?.path.join('.') || 'JSON'}: ${issue?.message}` };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
