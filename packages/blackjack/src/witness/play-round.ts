import type { Bonus, RuleSet } from '../rules/rule-set.ts';
import { newHand, type PlayedHand } from './played-hand.ts';
import { settleTable } from './settle-table.ts';
import { type Card, isBlackjack, totalOf } from './witness-rules.ts';

/** Letters as on a chart. */
export type Play = 'S' | 'H' | 'D' | 'P' | 'R';

/** What the player does with these cards; `fromSplit` is the pair's card. Asked only for what the rules allow. */
export type Player = (
  cards: readonly Card[],
  up: Card,
  fromSplit: Card | undefined,
  allowed: ReadonlySet<Play>,
) => Play;

/** After the card of a double: stand, give up half (R) or double again (D). */
export type AfterDouble = (hand: PlayedHand, up: Card, allowed: ReadonlySet<Play>) => 'S' | 'R' | 'D';

export interface Round {
  readonly rules: RuleSet;
  /** Next card of the shoe; undefined when it is empty. */
  readonly draw: () => Card | undefined;
  readonly play: Player;
  readonly afterDouble: AfterDouble;
  /** Deals suits to the cards of a hand, where a bonus asks for them. */
  readonly suits: (cards: readonly Card[]) => Suits;
}

/** Of a hand's cards: not all the same, all clubs, diamonds or hearts, all spades. */
export type Suits = 'mixed' | 'suited' | 'spades';

/** What one round wins, per unit of the first bet. Cards may be fixed: the player's first two and the upcard. */
export function playRound(round: Round, first: readonly [Card, Card], up: Card): number {
  const { rules, draw } = round;
  const hole = draw()!;
  const dealerNatural = isBlackjack([up, hole]);
  const peeks = (up === 1 && rules.peekAce) || (up === 10 && rules.peekTen);
  const opening = newHand([...first]);
  if (isBlackjack(first)) return dealerNatural ? rules.ties.BJ : rules.blackjackPays;
  if (
    canSurrender(rules, opening, up) === 'early' &&
    round.play(first, up, undefined, allowed(round, opening, up, 1)) === 'R'
  )
    return rules.surrenderPays;
  if (peeks && dealerNatural) return -1;
  const table: PlayedHand[] = [opening];
  for (let i = 0; i < table.length; i++) playHand(round, table, i, up);
  return settleTable(rules, table, up, hole, draw);
}

function playHand(round: Round, table: PlayedHand[], i: number, up: Card): void {
  const { rules, draw } = round;
  for (;;) {
    const hand = table[i]!;
    if (hand.cards.length === 1) hand.cards.push(draw()!);
    const { total } = totalOf(hand.cards);
    if (total > 21) {
      hand.bust = true;
      hand.settled = -hand.stake;
      return;
    }
    const bonus = bonusOf(rules, hand);
    hand.pays = 1;
    if (bonus?.mustWin) hand.pays = payOf(round, bonus, hand);
    else if (bonus) {
      hand.settled = payOf(round, bonus, hand);
      hand.settledAtNatural = bonus.payVsDealerBJ;
      return;
    }
    const may = allowed(round, hand, up, table.length);
    const play = may.size === 1 ? 'S' : round.play(hand.cards, up, hand.fromSplit, may);
    switch (play) {
      case 'H':
        hand.cards.push(draw()!);
        continue;
      case 'P': {
        const card = hand.cards[0]!;
        table.splice(i, 1, newHand([card], card), newHand([card], card));
        continue;
      }
      case 'R':
        hand.settled = rules.surrenderPays;
        if (canSurrender(rules, hand, up) === 'late') hand.settledAtNatural = -1;
        return;
      case 'D':
        doubleHand(round, hand, up);
        return;
      default:
        return;
    }
  }
}

function doubleHand(round: Round, hand: PlayedHand, up: Card): void {
  const { rules, draw } = round;
  hand.doubledFrom = [...hand.cards];
  hand.pays = 1;
  for (let doubles = 0; ; doubles++) {
    hand.stake *= 2;
    hand.cards.push(draw()!);
    if (totalOf(hand.cards).total > 21) {
      hand.bust = true;
      hand.settled = -hand.stake;
      return;
    }
    const split = hand.fromSplit !== undefined;
    const may = new Set<Play>(['S']);
    if (doubles < rules.redoubles && (!split || rules.redoubleAfterSplit)) may.add('D');
    if (rules.doubleDownRescue !== 'none' && (!split || rules.rescueAfterSplit)) may.add('R');
    const play = may.size === 1 ? 'S' : round.afterDouble(hand, up, may);
    if (play === 'D') continue;
    if (play === 'R') {
      hand.settled = -hand.stake / 2;
      if (rules.doubleDownRescue === 'late')
        hand.settledAtNatural = rules.holeCard === 'ENHC' ? -hand.stake : -1;
    }
    return;
  }
}

function payOf({ suits }: Round, bonus: Bonus, { cards }: PlayedHand): number {
  if (bonus.paysSuited === undefined && bonus.paysSpades === undefined) return bonus.pays;
  const suited = bonus.paysSuited ?? bonus.pays;
  return { mixed: bonus.pays, suited, spades: bonus.paysSpades ?? suited }[suits(cards)];
}

/** The automatic payoff of a hand that has not been doubled. */
function bonusOf(rules: RuleSet, hand: PlayedHand) {
  const { total } = totalOf(hand.cards);
  return rules.bonuses.findLast(
    (bonus) =>
      (hand.fromSplit === undefined ? bonus.preSplit : bonus.postSplit) &&
      (bonus.match === 'composition'
        ? [...bonus.cards].sort().join() === [...hand.cards].sort().join()
        : (bonus.total === 'any' || bonus.total === total) &&
          (bonus.orMore ? hand.cards.length >= bonus.ncards : hand.cards.length === bonus.ncards)),
  );
}

function allowed({ rules }: Round, hand: PlayedHand, up: Card, handsOnTable: number): Set<Play> {
  const may = new Set<Play>(['S']);
  const { cards, fromSplit } = hand;
  const splitAces = fromSplit === 1;
  const { total, soft } = totalOf(cards);
  const full = cards.length >= (rules.maxPlayerCards ?? 99);
  if (!full && !(splitAces && !rules.HSA)) may.add('H');
  const inTotals =
    rules.double === 'DOA' ||
    (total >= (rules.double === 'D9' ? 9 : 10) && total <= 11 && rules.double !== 'table');
  const table = rules.doubleTable;
  const listed =
    table &&
    (cards.length === 2 ? (soft ? table.soft2 : table.hard2) : soft ? table.softMore : table.hardMore);
  const byCards = cards.length === 2 || rules.DAN;
  const mayDouble = listed ? listed.includes(total) : inTotals && byCards && (!soft || rules.doubleSoft);
  if (mayDouble && !full && (fromSplit === undefined || (rules.DAS && (!splitAces || rules.DSA))))
    may.add('D');
  const isPair = cards.length === 2 && cards[0] === cards[1];
  const splits = handsOnTable - 1;
  if (isPair && splits < rules.SPL && rules.splitAllowed[cards[0]! - 1] && !(splitAces && !rules.SMA))
    may.add('P');
  if (canSurrender(rules, hand, up)) may.add('R');
  return may;
}

function canSurrender(rules: RuleSet, hand: PlayedHand, up: Card): 'early' | 'late' | undefined {
  const peeks = (up === 1 && rules.peekAce) || (up === 10 && rules.peekTen);
  const split = hand.fromSplit !== undefined;
  const five = up === 1 ? rules.fiveCardSurrender.ace : rules.fiveCardSurrender.twoToTen;
  if (five && hand.cards.length === 5 && !split) return peeks ? 'late' : 'early';
  const kind =
    rules.surrender === 'table'
      ? rules.surrenderTable![up - 1]!
      : rules.surrender === 'ES10'
        ? up === 10
          ? 'early'
          : up === 1
            ? 'none'
            : 'late'
        : ({ NS: 'none', LS: 'late', ES: 'early' } as const)[rules.surrender];
  if (kind === 'none' || (hand.cards.length > 2 && !rules.SAN)) return undefined;
  if (split && (!rules.SAS || (hand.fromSplit === 1 && !rules.SSA))) return undefined;
  return kind === 'early' && peeks && (split || hand.cards.length > 2) ? 'late' : kind;
}
