import { RANKS } from '../cards/hand-table.ts';
import type { Game } from '../play/game.ts';
import type { Policy } from '../play/policy.ts';
import type { Situation } from '../play/situation.ts';
import { allGoneAtNatural } from './all-gone.ts';
import { liveAtNatural, type SplitHandMean, splitHandValue } from './split-hand.ts';
import { deepestState, earlyEnds, fullEnds, type SplitPattern, splitPatterns } from './split-patterns.ts';
import { afterSplit, handsOfSplit, holeOfNatural, type SplitPolicy } from './split-situation.ts';

/**
 * EV of splitting a pair, exact for any policy without memory of the other hands: every hand of a split is distributed
 * alike, so means of single hands are enough, however their cards depend on one another.
 *
 * @returns unconditional EV; NaN when the pair may not be split
 */
export function splitValue(
  game: Game,
  up: number,
  rank: number,
  policy: SplitPolicy,
  maxHands?: number,
): number {
  const most = maxHands ?? handsOfSplit(game, rank);
  if (most < 2) return Number.NaN;
  const mean = (of: (at: Situation, policy: Policy) => SplitHandMean) =>
    statesOf(game, up, rank, most, (gone) => of(afterSplit(game, up, rank, gone), policy(gone)));
  const value = sumPatterns(mean(splitHandValue), splitPatterns(most));
  const natural = naturalAfter(game, up, rank);
  if (natural === 0) return value;
  if (game.peeks[up]) return value + refundAfterPeek(game, up, rank, most);
  switch (game.rules.holeCard) {
    // Every live hand has been charged one unit; the others differ in who pays.
    case 'OBBO': {
      const live = mean(liveAtNatural);
      return value + sumPatterns(live, splitPatterns(most)) - firstHand(live, most);
    }
    case 'BBO': {
      const live = mean(liveAtNatural);
      const someLive = natural * (1 - allGoneAtNatural(game, up, rank, policy, most));
      return value + sumPatterns(live, splitPatterns(most)) - someLive;
    }
    default:
      return value;
  }
}

/** Joint with the draws that lead there: `states[pairs][others]`. Known to be gone: so many pair cards, so many others. */
export type States = readonly (readonly SplitHandMean[])[];

/**
 * Only states without other cards are computed. For the rest: what follows k draws splits into the draw being a pair
 * card or not, so joint(pairs, others) = joint(pairs, others - 1) - joint(pairs + 1, others - 1).
 */
export function statesOf(
  game: Game,
  up: number,
  rank: number,
  maxHands: number,
  of: (pairsGone: number) => SplitHandMean,
): States {
  const deepest = deepestState(maxHands);
  const states: SplitHandMean[][] = [];
  let reach = 1;
  for (let gone = 0; gone <= deepest; gone++) {
    const { any, other } = reach > 0 ? of(gone) : { any: 0, other: 0 };
    states.push([{ any: reach * any, other: reach * other }]);
    reach *= pairChance(game, up, rank, gone);
  }
  for (let others = 1; others <= deepest; others++)
    for (let pairs = 0; pairs + others <= deepest; pairs++) {
      const all = states[pairs]![others - 1]!;
      const withPair = states[pairs + 1]![others - 1]!;
      states[pairs]!.push({ any: all.any - withPair.any, other: all.other - withPair.other });
    }
  return states;
}

const sumPatterns = (states: States, patterns: readonly SplitPattern[]): number =>
  patterns.reduce((sum, { kind, pairs, others, weight }) => sum + weight * states[pairs]![others]![kind], 0);

/** The leftmost hand is dealt to first, and stays leftmost when it is split again. */
function firstHand(states: States, maxHands: number): number {
  let sum = states[maxHands - 2]![0]!.any;
  for (let pairs = 0; pairs < maxHands - 2; pairs++) sum += states[pairs]![0]!.other;
  return sum;
}

/** Probability that the next card is of the pair's rank: the upcard, the pair and `gone` more are out. */
export function pairChance({ pack }: Game, up: number, rank: number, gone: number): number {
  if (pack.infinite) return pack.counts[rank]!;
  const left = pack.counts[rank]! - 2 - gone - (up === rank ? 1 : 0);
  const size = pack.size - 3 - gone;
  return left > 0 && size > 0 ? left / size : 0;
}

/** Probability of a dealer's natural once the upcard and the pair are seen. */
export function naturalAfter({ pack }: Game, up: number, rank: number): number {
  const hole = holeOfNatural(up);
  if (hole < 0) return 0;
  if (pack.infinite) return pack.counts[hole]!;
  return Math.max(0, (pack.counts[hole]! - (rank === hole ? 2 : 0)) / (pack.size - 3));
}

/** Where the dealer peeks a natural takes one unit in all, but every hand has been charged one. */
export function refundAfterPeek(game: Game, up: number, rank: number, maxHands: number): number {
  const natural = naturalAfter(game, up, rank);
  return natural > 0 && game.peeks[up] ? (expectedHands(game, up, rank, maxHands) - 1) * natural : 0;
}

/** Mean number of hands, given that the dealer has a natural. */
function expectedHands({ pack }: Game, up: number, rank: number, maxHands: number): number {
  const hole = holeOfNatural(up);
  const gone = (r: number) =>
    pack.infinite ? 0 : (r === up ? 1 : 0) + (r === hole ? 1 : 0) + (r === rank ? 2 : 0);
  const pairs = pack.counts[rank]! - gone(rank);
  let size = 0;
  for (let r = 0; r < RANKS; r++) size += pack.counts[r]! - gone(r);
  const chanceOf = (pairCards: number, otherCards: number) => {
    let chance = 1;
    const step = pack.infinite ? 0 : 1;
    for (let i = 0; i < pairCards; i++) chance *= Math.max(0, pairs - i * step) / (size - i * step);
    for (let i = 0; i < otherCards; i++)
      chance *= Math.max(0, size - pairs - i * step) / (size - (pairCards + i) * step);
    return chance;
  };
  let mean = 0;
  for (const { hands, orders } of earlyEnds(maxHands)) mean += hands * orders * chanceOf(hands - 2, hands);
  for (const { completed, orders } of fullEnds(maxHands))
    mean += maxHands * orders * chanceOf(maxHands - 2, completed);
  return mean;
}
