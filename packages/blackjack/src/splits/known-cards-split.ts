import { BUST, hands, RANKS } from '../cards/hand-table.ts';
import type { Game } from '../play/game.ts';
import { memo } from '../play/policy.ts';
import {
  canHit,
  doubleValue,
  type Situation,
  settledValue,
  standValue,
  surrenderIn,
} from '../play/situation.ts';
import { deepestState, splitPatterns } from './split-patterns.ts';
import { afterSplit, handsOfSplit } from './split-situation.ts';
import { pairChance, refundAfterPeek } from './split-value.ts';

/**
 * CDPN: the play after a split may depend on how many further pair cards and how many other cards are known to be gone.
 *
 * Each (pairs, others) state is decided for itself. What a hand is worth there follows from the states without other
 * cards, joint with the draws: joint(pairs, others) = joint(pairs, others - 1) - joint(pairs + 1, others - 1); this holds
 * for every play of every hand, so the best is chosen on the joint values.
 *
 * @returns unconditional EV; NaN when the pair may not be split
 */
export function fullKnowledgeSplitValue(game: Game, up: number, rank: number): number {
  const most = handsOfSplit(game, rank);
  if (most < 2) return Number.NaN;
  const deepest = deepestState(most);
  const columns = Array.from({ length: deepest + 1 }, (_, gone) => {
    let reach = 1;
    for (let i = 0; i < gone; i++) reach *= pairChance(game, up, rank, i);
    return reach > 0 ? new JointPlays(afterSplit(game, up, rank, gone), reach) : undefined;
  });
  const difference = (pairs: number, others: number, of: (plays: JointPlays) => number): number => {
    if (others === 0) {
      const plays = columns[pairs];
      return plays ? of(plays) : 0;
    }
    return difference(pairs, others - 1, of) - difference(pairs + 1, others - 1, of);
  };
  let value = 0;
  for (const { kind, pairs, others, weight } of splitPatterns(most)) {
    const best = bestJoint(afterSplit(game, up, rank, pairs), (of) => difference(pairs, others, of));
    const start = hands.child[rank]!;
    for (let second = 0; second < RANKS; second++)
      if (kind === 'any' || second !== rank) value += weight * best(hands.child[start * RANKS + second]!);
  }
  return value + refundAfterPeek(game, up, rank, most);
}

/** The best play of every hand on joint values; `joint` makes one of the state from what the columns tell. */
function bestJoint(
  at: Situation,
  joint: (of: (plays: JointPlays) => number) => number,
): (hand: number) => number {
  const known = memo();
  const best = (hand: number): number => {
    if (Number.isNaN(known[hand]!)) known[hand] = decide(hand);
    return known[hand]!;
  };
  const decide = (hand: number): number => {
    const settled = joint((plays) => plays.settled(hand));
    if (!Number.isNaN(settled)) return settled;
    const worth = [joint((plays) => plays.stand(hand))];
    if (canHit(at, hand)) {
      let hit = 0;
      for (let next = 0; next < RANKS; next++) {
        const child = hands.child[hand * RANKS + next]!;
        hit += child === BUST ? -joint((plays) => plays.chance(hand, next)) : best(child);
      }
      worth.push(hit);
    }
    worth.push(
      joint((plays) => plays.double(hand)),
      joint((plays) => plays.surrender(hand)),
    );
    return Math.max(...worth.filter((value) => !Number.isNaN(value)));
  };
  return best;
}

/** Values of one situation, each times the chance of `reach` and of drawing the hand in one order. */
class JointPlays {
  readonly #at: Situation;
  readonly #reach: number;

  constructor(at: Situation, reach: number) {
    this.#at = at;
    this.#reach = reach;
  }

  /** Of the hand, and of the next card when given. */
  chance(hand: number, next?: number): number {
    const { game, rank, up, extra } = this.#at;
    const { pack } = game;
    let chance = this.#reach;
    let size = pack.infinite ? 1 : pack.size - 2 - extra;
    for (let r = 0; r < RANKS; r++) {
      const cards = hands.counts[hand * RANKS + r]! - (r === rank ? 1 : 0) + (r === next ? 1 : 0);
      let left = pack.counts[r]!;
      if (!pack.infinite) left -= (r === up ? 1 : 0) + (r === rank ? 1 + extra : 0);
      for (let i = 0; i < cards; i++) {
        if (left <= 0) return 0;
        chance *= left / size;
        if (pack.infinite) continue;
        left--;
        size--;
      }
    }
    return chance;
  }

  stand(hand: number): number {
    return this.#times(hand, standValue);
  }

  double(hand: number): number {
    return this.#times(hand, doubleValue);
  }

  surrender(hand: number): number {
    return this.#times(hand, surrenderIn);
  }

  settled(hand: number): number {
    return this.#times(hand, settledValue);
  }

  #times(hand: number, value: (at: Situation, hand: number) => number): number {
    const chance = this.chance(hand);
    return chance === 0 ? 0 : chance * value(this.#at, hand);
  }
}
