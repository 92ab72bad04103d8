import { type RuleSetInput, ruleSetSchema, strategyClassSchema } from '@vakhta/blackjack';
import { useSyncExternalStore } from 'react';
import * as z from 'zod';

export const tabs = ['rules', 'results', 'strategy', 'compare', 'effects', 'sideBets', 'realtime'] as const;
export type Tab = (typeof tabs)[number];

const cards = z.array(z.int().min(1).max(10)).max(40);
const tableSchema = z.object({
  /** Cards of rank 1..10 at the start of the round; null: the shoe of the rules. */
  shoe: z.array(z.int().min(0).max(8000)).length(10).nullable().default(null),
  hands: z.array(cards).min(1).max(4).default([[]]),
  others: cards.default([]),
  dealer: cards.default([]),
});
/** What lies on the table in realtime. */
export type Table = z.output<typeof tableSchema>;
export const emptyTable: Table = tableSchema.parse({});

const stateSchema = z.object({
  tab: z.enum(tabs).catch('rules'),
  strategy: strategyClassSchema.catch('CDZ-'),
  rules: z.unknown(),
  other: z.unknown(),
  table: tableSchema.catch(emptyTable),
});

/** Everything a link to the page holds. */
export interface AnalyzerState extends Omit<z.output<typeof stateSchema>, 'rules' | 'other'> {
  /** As written: what has its default is left out. It may be impossible; `parseRules` says why. */
  readonly rules: RuleSetInput;
  /** The second game of a comparison. */
  readonly other: RuleSetInput;
}

const FIRST_RULES: RuleSetInput = { decks: 6 };
const FIRST_OTHER: RuleSetInput = { decks: 6, dealer: 'H17' };

/** The rules of a link; what is not a rule is left out. */
function writtenRules(value: unknown, fallback: RuleSetInput): RuleSetInput {
  if (typeof value !== 'object' || value === null) return fallback;
  const written: Record<string, unknown> = { ...value };
  const parsed = ruleSetSchema.safeParse(written);
  if (parsed.success) return written;
  for (const { path, code, ...issue } of parsed.error.issues) {
    const keys = code === 'unrecognized_keys' ? (issue as { keys: string[] }).keys : [String(path[0])];
    for (const key of keys) delete written[key];
  }
  return written;
}

const fromJson = (text: string | null): unknown => {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
};

export function readState(hash: string): AnalyzerState {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  const { rules, other, ...rest } = stateSchema.parse({
    tab: given.get('tab'),
    strategy: given.get('strategy'),
    rules: fromJson(given.get('rules')),
    other: fromJson(given.get('other')),
    table: fromJson(given.get('table')) ?? {},
  });
  return {
    ...rest,
    rules: writtenRules(rules, FIRST_RULES),
    other: writtenRules(other, FIRST_OTHER),
  };
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

export function writeState({ tab, strategy, rules, other, table }: AnalyzerState): string {
  const given = new URLSearchParams({ tab, rules: JSON.stringify(rules) });
  if (strategy !== 'CDZ-') given.set('strategy', strategy);
  if (!same(other, FIRST_OTHER)) given.set('other', JSON.stringify(other));
  if (!same(table, emptyTable)) given.set('table', JSON.stringify(table));
  return `#${given}`;
}

let state: AnalyzerState = readState('');
const listeners = new Set<() => void>();
const tellAll = () => {
  for (const listener of listeners) listener();
};

/** Past the router, which watches `history.replaceState` and would load its page anew: to it nothing has moved. */
const setAddress = (hash: string) => History.prototype.replaceState.call(history, history.state, '', hash);

/** The page's state. It outlives the page, and the address always holds it: a copied address is a shared result. */
export const analyzer = {
  get: (): AnalyzerState => state,
  change(part: Partial<AnalyzerState>): void {
    state = { ...state, ...part };
    setAddress(writeState(state));
    tellAll();
  },
  /** Takes over what the address holds; an address that holds nothing gets what is there. */
  open(): () => void {
    const follow = () => {
      if (location.hash.length < 2) setAddress(writeState(state));
      else if (location.hash !== writeState(state)) {
        state = readState(location.hash);
        tellAll();
      }
    };
    follow();
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  },
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

export const useAnalyzer = (): AnalyzerState => useSyncExternalStore(analyzer.subscribe, analyzer.get);
