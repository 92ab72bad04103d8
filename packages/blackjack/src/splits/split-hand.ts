import { BUST, hands, RANKS, TEN } from '../cards/hand-table.ts';
import { DOUBLE, HIT, SURRENDER } from '../play/first-hand-values.ts';
import { memo, type Policy } from '../play/policy.ts';
import {
  cardsLeft,
  doubleValue,
  leftOfRank,
  naturalIn,
  overNextCards,
  type Situation,
  settledValue,
  standValue,
  surrenderIn,
} from '../play/situation.ts';

/** A mean over one hand that starts with one card of the pair and is dealt its second card. */
export interface SplitHandMean {
  /** Over every second card; a new pair is played as an ordinary hand. */
  readonly any: number;
  /** The part of `any` that comes from second cards other than the pair's. */
  readonly other: number;
}

/** EV of one hand of a split under a fixed policy. */
export function splitHandValue(at: Situation, policy: Policy): SplitHandMean {
  const known = memo();
  const worthOf = (hand: number): number => {
    const before = known[hand]!;
    if (!Number.isNaN(before)) return before;
    const value = playedValue(at, hand, policy, worthOf);
    known[hand] = value;
    return value;
  };
  return overSecondCards(at, worthOf);
}

function playedValue(at: Situation, hand: number, policy: Policy, worthOf: (hand: number) => number): number {
  const settled = settledValue(at, hand);
  if (!Number.isNaN(settled)) return settled;
  switch (policy(at, hand)) {
    case HIT:
      return overNextCards(at, hand, (child) => (child === BUST ? -1 : worthOf(child)));
    case DOUBLE:
      return doubleValue(at, hand);
    case SURRENDER:
      return surrenderIn(at, hand);
    default:
      return standValue(at, hand);
  }
}

/** Probability that one hand of a split still stands and the dealer turns out to have a natural. */
export function liveAtNatural(at: Situation, policy: Policy): SplitHandMean {
  const known = memo();
  const { game, up } = at;
  const alive = (hand: number): number =>
    game.rules.player21AlwaysWins && hands.total[hand] === 21 ? 0 : naturalIn(at, hand);
  const liveOf = (hand: number): number => {
    const before = known[hand]!;
    if (!Number.isNaN(before)) return before;
    known[hand] = live(hand);
    return known[hand]!;
  };
  const live = (hand: number): number => {
    if (!Number.isNaN(settledValue(at, hand))) return 0;
    switch (policy(at, hand)) {
      case HIT:
        return overNextCards(at, hand, (child) => (child === BUST ? 0 : liveOf(child)));
      case DOUBLE:
        return overNextCards(at, hand, (child) => (child === BUST ? 0 : alive(child)));
      case SURRENDER:
        return game.surrender[up] === 'early' ? 0 : naturalIn(at, hand);
      default:
        return alive(hand);
    }
  };
  return overSecondCards(at, liveOf);
}

function overSecondCards(at: Situation, worthOf: (hand: number) => number): SplitHandMean {
  const start = hands.child[at.rank]!;
  const left = cardsLeft(at, start);
  let any = 0;
  let other = 0;
  for (let rank = 0; rank <= TEN; rank++) {
    const ofRank = leftOfRank(at, start, rank);
    if (ofRank <= 0) continue;
    const part = (ofRank / left) * worthOf(hands.child[start * RANKS + rank]!);
    any += part;
    if (rank !== at.rank) other += part;
  }
  return { any, other };
}
