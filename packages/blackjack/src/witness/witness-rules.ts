import type { RuleSet } from '../rules/rule-set.ts';

/** Cards in the witness are plain values 1..10, hands plain lists: nothing is shared with the exact engine. */
export type Card = number;

export interface Total {
  readonly total: number;
  readonly soft: boolean;
}

export function totalOf(cards: readonly Card[]): Total {
  let sum = 0;
  let aces = 0;
  for (const card of cards) {
    sum += card;
    if (card === 1) aces++;
  }
  return aces > 0 && sum <= 11 ? { total: sum + 10, soft: true } : { total: sum, soft: false };
}

export const isBlackjack = (cards: readonly Card[]): boolean =>
  cards.length === 2 && ((cards[0] === 1 && cards[1] === 10) || (cards[0] === 10 && cards[1] === 1));

/** The dealer draws: his total, above 21 when bust. `draw` gives the next card, or undefined when there is none. */
export function dealerTotal(rules: RuleSet, hand: Card[], draw: () => Card | undefined): number {
  for (;;) {
    const { total, soft } = totalOf(hand);
    const stands = total > 17 || (total === 17 && !(soft && rules.dealer === 'H17'));
    if (stands || hand.length >= (rules.maxDealerCards ?? 99)) return total;
    const card = draw();
    // A hand that cannot be finished counts as bust.
    if (card === undefined) return 22;
    hand.push(card);
  }
}
