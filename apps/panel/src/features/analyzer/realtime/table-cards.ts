import type { RuleSet } from '@vakhta/blackjack';
import type { Table } from '../analyzer-state.ts';

/** Where a card can be dealt: the dealer, what others hold, or a hand by its number. */
export type Place = 'dealer' | 'others' | number;

export const cardsAt = (table: Table, place: Place): readonly number[] =>
  typeof place === 'number' ? (table.hands[place] ?? []) : table[place];

export const withCardsAt = (table: Table, place: Place, cards: number[]): Table =>
  typeof place === 'number'
    ? { ...table, hands: table.hands.with(place, cards) }
    : { ...table, [place]: cards };

export const cardsOnTable = ({ hands, others, dealer }: Table): readonly number[] => [
  ...hands.flat(),
  ...others,
  ...dealer,
];

/** A shoe less these cards, by rank - 1; below zero where it has not got them. */
export function less(shoe: readonly number[], cards: readonly number[]): number[] {
  const left = [...shoe];
  for (const card of cards) left[card - 1]!--;
  return left;
}

/** The shoe at the start of the round; null: infinite. */
export const shoeOf = (table: Table, rules: RuleSet): readonly number[] | null =>
  rules.shoe === null ? null : (table.shoe ?? rules.shoe);

/** The rules with this shoe in place of theirs. */
export const withShoe = (rules: RuleSet, shoe: number[] | null): RuleSet =>
  shoe === null ? rules : { ...rules, shoe, decks: null };

/**
 * The game one hand is played in: all else that is seen has left the shoe. The dealer's later cards were not known when
 * the hand was played.
 */
export function rulesForHand(rules: RuleSet, table: Table, hand: number): RuleSet {
  const shoe = shoeOf(table, rules);
  const seen = [...table.others, ...table.hands.flatMap((cards, i) => (i === hand ? [] : cards))];
  return withShoe(rules, shoe && less(shoe, seen));
}

/** The highest total of a hand that is not over 21, else the lowest. */
export function totalOf(cards: readonly number[]): number {
  const hard = cards.reduce((sum, card) => sum + card, 0);
  return cards.includes(1) && hard <= 11 ? hard + 10 : hard;
}
