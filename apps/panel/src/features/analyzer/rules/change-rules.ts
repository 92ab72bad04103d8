import type { RuleSetInput } from '@vakhta/blackjack';
import { readRules, withRule } from './read-rules.ts';

export const shoeKinds = ['decks', 'infinite', 'counts'] as const;
export type ShoeKind = (typeof shoeKinds)[number];

export function shoeKindOf({ infinite, shoe }: RuleSetInput): ShoeKind {
  if (infinite) return 'infinite';
  return shoe ? 'counts' : 'decks';
}

/** The same game from another kind of shoe; counts begin as what the decks hold. */
export function withShoeKind(written: RuleSetInput, kind: ShoeKind): RuleSetInput {
  const { decks, infinite: _infinite, shoe, ...rest } = written;
  if (kind === 'infinite') return { infinite: true, ...rest };
  if (kind === 'decks') return { decks: decks ?? 6, ...rest };
  const counts = shoe ?? readRules({ decks: decks ?? 6, spanish: rest.spanish }).rules?.shoe;
  return { shoe: counts ? [...counts] : null, ...rest };
}

/** A rule changed together with those that only make sense with it. */
export function changeRule<Key extends keyof RuleSetInput>(
  written: RuleSetInput,
  key: Key,
  value: RuleSetInput[Key],
): RuleSetInput {
  const next = withRule(written, key, value);
  switch (key) {
    case 'holeCard': {
      const { peekAce: _ace, peekTen: _ten, ...rest } = next;
      return rest;
    }
    case 'double':
      return withRule(
        next,
        'doubleTable',
        value === 'table' ? { hard2: [9, 10, 11], hardMore: [], soft2: [], softMore: [] } : null,
      );
    case 'surrender':
      return withRule(next, 'surrenderTable', value === 'table' ? new Array(10).fill('late') : null);
    default:
      return next;
  }
}
