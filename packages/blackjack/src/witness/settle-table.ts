import type { RuleSet } from '../rules/rule-set.ts';
import type { PlayedHand } from './played-hand.ts';
import { type Card, dealerTotal, isBlackjack, totalOf } from './witness-rules.ts';

/** What the table wins once every hand has been played. */
export function settleTable(
  rules: RuleSet,
  table: readonly PlayedHand[],
  up: Card,
  hole: Card,
  draw: () => Card | undefined,
): number {
  const natural = isBlackjack([up, hole]);
  const dealer = natural ? 21 : dealerTotal(rules, [up, hole], draw);
  if (natural) return atNatural(rules, table);
  return table.reduce((sum, hand) => sum + (hand.settled ?? compared(rules, hand, dealer)), 0);
}

function compared(rules: RuleSet, hand: PlayedHand, dealer: number): number {
  const total = comparedTotal(rules, hand);
  if (isPaidNatural(rules, hand)) return rules.blackjackPays;
  if (total === 21 && rules.player21AlwaysWins) return hand.stake * hand.pays;
  if (dealer > 21 || dealer < total) return hand.stake * hand.pays;
  if (dealer > total) return -hand.stake;
  return total < 17 ? 0 : hand.stake * rules.ties[total as 17 | 18 | 19 | 20 | 21];
}

/** The dealer shows a natural at the end: only where he did not look before. */
function atNatural(rules: RuleSet, table: readonly PlayedHand[]): number {
  let sum = 0;
  const live: number[] = [];
  table.forEach((hand, i) => {
    if (isPaidNatural(rules, hand)) sum += rules.ties.BJ;
    else if (hand.settled !== undefined) sum += hand.settledAtNatural ?? hand.settled;
    else if (comparedTotal(rules, hand) === 21 && rules.player21AlwaysWins) sum += hand.stake;
    else live.push(i);
  });
  switch (rules.holeCard) {
    case 'ENHC':
      return sum - live.reduce((stakes, i) => stakes + table[i]!.stake, 0);
    case 'AOBBO':
      return sum - live.length;
    case 'OBBO':
      return sum - (live.includes(0) ? 1 : 0);
    default:
      return sum - (live.length > 0 ? 1 : 0);
  }
}

function isPaidNatural(rules: RuleSet, { cards, fromSplit }: PlayedHand): boolean {
  if (fromSplit === undefined || !isBlackjack(cards)) return false;
  return fromSplit === 1 ? rules.bjAfterSplitAces : rules.bjAfterSplitTens;
}

/** A doubled soft hand may have come to count as hard. */
function comparedTotal(rules: RuleSet, { cards, doubledFrom }: PlayedHand): number {
  const { total } = totalOf(cards);
  if (!doubledFrom) return total;
  const before = totalOf(doubledFrom);
  const hard = rules.doubledSoftCountsHard || (rules.doubledSoft19Hard9 && before.total === 19);
  const loneAce = cards.filter((card) => card === 1).length === 1;
  return before.soft && hard && loneAce ? cards.reduce((sum, card) => sum + card, 0) : total;
}
