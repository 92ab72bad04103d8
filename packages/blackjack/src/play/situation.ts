import { ACE, BUST, hands, RANKS, TEN } from '../cards/hand-table.ts';
import type { Game } from './game.ts';
import {
  bonusValue,
  naturalAfterSplit,
  naturalValue,
  rescueValue,
  standAt,
  standEv,
  surrenderValue,
  winBonus,
} from './settlement.ts';

/**
 * Where a hand is played: against which upcard, before a split or after one of `rank` with `extra` more cards of that
 * rank gone than the hand has. Values are unconditional EVs per unit of the first bet.
 */
export interface Situation {
  readonly game: Game;
  readonly up: number;
  /** Rank of the pair that was split; -1 before a split. */
  readonly rank: number;
  readonly extra: number;
  /** By rank, what the pack has beside the upcard and the extra cards. Below zero where it has not got them. */
  readonly counts: Float64Array;
  readonly size: number;
}

export const beforeSplit = (game: Game, up: number): Situation => situationOf(game, up, -1, 0);

export function situationOf(game: Game, up: number, rank: number, extra: number): Situation {
  const { pack } = game;
  const counts = Float64Array.from(pack.counts);
  if (pack.infinite) return { game, up, rank, extra, counts, size: 1 };
  counts[up]!--;
  if (rank >= 0) counts[rank]! -= extra;
  return { game, up, rank, extra, counts, size: pack.size - 1 - extra };
}

export const slotIn = (at: Situation, hand: number): number => at.game.odds.slotOf(hand, at.rank, at.extra);

/** Probability that the dealer turns out to have a natural. */
export function naturalIn(at: Situation, hand: number): number {
  const hole = at.up === ACE ? TEN : at.up === TEN ? ACE : -1;
  if (hole < 0) return 0;
  return leftOfRank(at, hand, hole) / Math.max(1, cardsLeft(at, hand));
}

/** Cards left for the player when `hand` is held: the upcard is gone, the hole card is one of those not seen. */
export function cardsLeft(at: Situation, hand: number): number {
  return at.game.pack.infinite ? 1 : at.size - hands.cards[hand]!;
}

/** Of one rank. */
export function leftOfRank(at: Situation, hand: number, rank: number): number {
  const count = at.counts[rank]!;
  if (at.game.pack.infinite) return count;
  const left = count - hands.counts[hand * RANKS + rank]!;
  return Math.max(left, 0);
}

/** The bonus that ends the hand, or NaN. */
export function settledValue(at: Situation, hand: number): number {
  const { game, up, rank } = at;
  if (rank >= 0 && isPaidNatural(at, hand)) return naturalAfterSplit(game, up, naturalIn(at, hand));
  if (!game.bonuses.any) return Number.NaN;
  const bonus = (rank < 0 ? game.bonuses.preSplit : game.bonuses.postSplit)[hand];
  if (bonus === undefined || bonus.mustWin) return Number.NaN;
  return bonusValue(game, bonus, hand, up, naturalIn(at, hand));
}

function isPaidNatural(at: Situation, hand: number): boolean {
  if (!isNatural(hand)) return false;
  return at.rank === ACE ? at.game.rules.bjAfterSplitAces : at.game.rules.bjAfterSplitTens;
}

/** Ace and ten as two cards. */
export const isNatural = (hand: number): boolean => hands.total[hand] === 21 && hands.cards[hand] === 2;

export function standValue(at: Situation, hand: number): number {
  const { game, up, rank } = at;
  if (rank < 0 && isNatural(hand)) return naturalValue(game, naturalIn(at, hand));
  const ev = standWith(at, hand, 1);
  if (!game.bonuses.any) return ev;
  const bonus = (rank < 0 ? game.bonuses.preSplit : game.bonuses.postSplit)[hand];
  return bonus?.mustWin ? ev + winBonus(game, bonus, hand, slotIn(at, hand), up) : ev;
}

/** EV of standing at a stake, no bonus counted. */
function standWith(at: Situation, hand: number, stake: number): number {
  const { game, up } = at;
  const winLoss = game.stands.winLoss(hand, at.rank, at.extra, up);
  return standEv(game, up, hands.total[hand]!, stake, winLoss, naturalIn(at, hand));
}

/** EV of doubling; NaN when not allowed. */
export function doubleValue(at: Situation, hand: number): number {
  return canDouble(at, hand) ? afterCard(at, hand, hand, 2, at.game.rules.redoubles) : Number.NaN;
}

export function canDouble(at: Situation, hand: number): boolean {
  const { game, rank } = at;
  if (game.mayDouble[hand] !== 1 || (rank < 0 && isNatural(hand))) return false;
  if (rank < 0) return true;
  return game.rules.DAS && (rank !== ACE || game.rules.DSA);
}

/** EV of one more card on a doubled hand that stands at `stake`. `first` is the hand that was doubled. */
function afterCard(at: Situation, first: number, hand: number, stake: number, redoubles: number): number {
  const { game, up } = at;
  const left = cardsLeft(at, hand);
  let ev = 0;
  let busts = 0;
  for (let rank = 0; rank < RANKS; rank++) {
    const ofRank = leftOfRank(at, hand, rank);
    if (ofRank <= 0) continue;
    const child = hands.child[hand * RANKS + rank]!;
    if (child === BUST) busts += ofRank;
    else ev += ofRank * doubledHand(at, first, child, stake, redoubles);
  }
  ev -= busts * stake;
  ev /= left;
  // A peek takes one unit, whatever was drawn; without it a busted stake is gone before the dealer shows.
  if (busts > 0 && game.peeks[up]) ev += (stake - 1) * naturalAndBust(at, hand);
  return ev;
}

/** Probability that the next card busts the hand and the dealer has a natural. */
function naturalAndBust(at: Situation, hand: number): number {
  const { game, up } = at;
  const hole = up === ACE ? RANKS - 1 : up === RANKS - 1 ? ACE : -1;
  if (hole < 0) return 0;
  const left = cardsLeft(at, hand);
  const holes = leftOfRank(at, hand, hole);
  if (holes <= 0) return 0;
  let chance = 0;
  for (let rank = 0; rank < RANKS; rank++) {
    if (hands.child[hand * RANKS + rank] !== BUST) continue;
    const same = rank === hole && !game.pack.infinite ? 1 : 0;
    chance += leftOfRank(at, hand, rank) * Math.max(0, holes - same);
  }
  return game.pack.infinite ? chance : chance / (left * (left - 1));
}

/** EVs of what a player may do with a doubled hand; NaN where it is not allowed. */
export function doubledPlays(at: Situation, first: number, hand: number, stake: number, redoubles: number) {
  const { game, up, rank } = at;
  const { rules } = game;
  const total = doubledTotal(game, first, hand);
  const after = rank >= 0;
  const rescues = rules.doubleDownRescue !== 'none' && (!after || rules.rescueAfterSplit);
  const redoubling = redoubles > 0 && (!after || rules.redoubleAfterSplit) && cardsLeft(at, hand) > 0;
  return {
    stand:
      total === hands.total[hand]
        ? standWith(at, hand, stake)
        : standAt(game, slotIn(at, hand), up, total, stake),
    rescue: rescues ? rescueValue(game, up, stake, naturalIn(at, hand)) : Number.NaN,
    redouble: redoubling ? afterCard(at, first, hand, stake * 2, redoubles - 1) : Number.NaN,
  };
}

function doubledHand(at: Situation, first: number, hand: number, stake: number, redoubles: number): number {
  const { stand, rescue, redouble } = doubledPlays(at, first, hand, stake, redoubles);
  let best = stand;
  if (rescue > best) best = rescue;
  if (redouble > best) best = redouble;
  return best;
}

/** Total of a doubled hand: a lone ace of a soft hand may have come to count 1. */
export function doubledTotal(game: Game, first: number, hand: number): number {
  const { doubledSoftCountsHard, doubledSoft19Hard9 } = game.rules;
  const counts =
    hands.soft[first] === 1 && (doubledSoftCountsHard || (doubledSoft19Hard9 && hands.total[first] === 19));
  return counts && hands.counts[hand * RANKS + ACE] === 1 ? hands.hard[hand]! : hands.total[hand]!;
}

/** EV of surrendering; NaN when not allowed. */
export function surrenderIn(at: Situation, hand: number): number {
  if (!canSurrender(at, hand)) return Number.NaN;
  const { game, up, rank } = at;
  const first = rank < 0 && hands.cards[hand] === 2;
  // The dealer has looked by the time a hand has been split or has drawn.
  const early = isFiveCardSurrender(at, hand)
    ? !game.peeks[up]
    : game.surrender[up] === 'early' && (first || !game.peeks[up]);
  return surrenderValue(game, early, naturalIn(at, hand));
}

export function canSurrender(at: Situation, hand: number): boolean {
  const { game, up, rank } = at;
  const { rules } = game;
  if (rank < 0 && isNatural(hand)) return false;
  if (isFiveCardSurrender(at, hand)) return true;
  if (game.surrender[up] === 'none' || (hands.cards[hand]! > 2 && !rules.SAN)) return false;
  return rank < 0 || (rules.SAS && (rank !== ACE || rules.SSA));
}

function isFiveCardSurrender({ game, up, rank }: Situation, hand: number): boolean {
  const { ace, twoToTen } = game.rules.fiveCardSurrender;
  return (up === ACE ? ace : twoToTen) && rank < 0 && hands.cards[hand] === 5;
}

/** May draw: split aces get one card each unless HSA. */
export function canHit(at: Situation, hand: number): boolean {
  const { game, rank } = at;
  const cards = hands.cards[hand]!;
  if (cards >= game.maxCards && cards >= 2) return false;
  return !(rank === ACE && !game.rules.HSA && cards >= 2) && cardsLeft(at, hand) > 0;
}

/** Mean over the next card; `of` gets the child or BUST. */
export function overNextCards(at: Situation, hand: number, of: (child: number) => number): number {
  let sum = 0;
  for (let rank = 0; rank < RANKS; rank++) {
    const ofRank = leftOfRank(at, hand, rank);
    if (ofRank > 0) sum += ofRank * of(hands.child[hand * RANKS + rank]!);
  }
  return sum / cardsLeft(at, hand);
}
