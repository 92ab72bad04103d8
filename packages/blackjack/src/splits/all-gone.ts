import { BUST, hands, RANKS } from '../cards/hand-table.ts';
import { canBe, DOUBLE, HIT, SURRENDER } from '../play/first-hand-values.ts';
import type { Game } from '../play/game.ts';
import type { Policy } from '../play/policy.ts';
import { leftOfRank, type Situation, settledValue } from '../play/situation.ts';
import { earlyEnds, fullEnds } from './split-patterns.ts';
import { afterSplit, holeOfNatural, type SplitPolicy } from './split-situation.ts';

/** Cards drawn, as a number with one base-32 digit a rank, to the number of orders they come in. */
type Draws = Map<number, number>;

/**
 * Probability that no hand of the split is left on the table (all are bust or were settled), given the dealer's natural.
 * The hands depend on one another through the pack and "all" is not a sum over hands, so the cards of all hands are
 * enumerated jointly.
 */
export function allGoneAtNatural(
  game: Game,
  up: number,
  rank: number,
  policy: SplitPolicy,
  maxHands: number,
): number {
  const chance = drawChance(game, up, rank);
  let sum = 0;
  for (const { hands: count, orders } of earlyEnds(maxHands)) {
    const gone = goneHands(afterSplit(game, up, rank, count - 2), policy(count - 2));
    sum += orders * jointChance([...Array(count).fill(gone.other)], pairDigits(rank, count - 2), chance);
  }
  const pairs = maxHands - 2;
  const gone = goneHands(afterSplit(game, up, rank, pairs), policy(pairs));
  for (const { completed, orders } of fullEnds(maxHands)) {
    const parts = Array.from({ length: maxHands }, (_, i) => (i < completed ? gone.other : gone.any));
    sum += orders * jointChance(parts, pairDigits(rank, pairs), chance);
  }
  return sum;
}

const pairDigits = (rank: number, times: number) => times * 32 ** rank;

function jointChance(parts: readonly Draws[], start: number, chance: (cards: number) => number): number {
  let joint: Draws = new Map([[start, 1]]);
  for (const part of parts.slice(0, -1)) joint = combine(joint, part);
  let sum = 0;
  for (const [left, ways] of joint)
    for (const [right, more] of parts.at(-1)!) sum += ways * more * chance(left + right);
  return sum;
}

function combine(left: Draws, right: Draws): Draws {
  const both: Draws = new Map();
  for (const [a, ways] of left)
    for (const [b, more] of right) both.set(a + b, (both.get(a + b) ?? 0) + ways * more);
  return both;
}

/** Every set of cards that ends one hand of the split, the pair's card left out. */
function goneHands(at: Situation, policy: Policy): { any: Draws; other: Draws } {
  const start = hands.child[at.rank]!;
  const from = (second: (rank: number) => boolean): Draws => {
    const ways = new Float64Array(hands.size);
    const gone: Draws = new Map();
    const end = (hand: number, rank: number, times: number) => {
      let key = 0;
      for (let r = 0; r < RANKS; r++) {
        const cards = hands.counts[hand * RANKS + r]! - (r === at.rank ? 1 : 0) + (r === rank ? 1 : 0);
        key += cards * 32 ** r;
      }
      gone.set(key, (gone.get(key) ?? 0) + times);
    };
    for (let rank = 0; rank < RANKS; rank++)
      if (second(rank) && leftOfRank(at, start, rank) > 0) ways[hands.child[start * RANKS + rank]!] = 1;
    for (let hand = start; hand < hands.size; hand++) {
      const times = ways[hand]!;
      if (times === 0 || !canBe(at, hand)) continue;
      if (!Number.isNaN(settledValue(at, hand))) {
        end(hand, -1, times);
        continue;
      }
      const action = policy(at, hand);
      const wins = (h: number) => at.game.rules.player21AlwaysWins && hands.total[h] === 21;
      if (action === SURRENDER && at.game.surrender[at.up] === 'early') end(hand, -1, times);
      else if (action === HIT || action === DOUBLE)
        for (let rank = 0; rank < RANKS; rank++) {
          if (leftOfRank(at, hand, rank) <= 0) continue;
          const child = hands.child[hand * RANKS + rank]!;
          if (child === BUST) end(hand, rank, times);
          else if (action === HIT) ways[child]! += times;
          else if (wins(child)) end(child, -1, times);
        }
      else if (wins(hand)) end(hand, -1, times);
    }
    return gone;
  };
  return { any: from(() => true), other: from((rank) => rank !== at.rank) };
}

/** Chance of drawing these cards in one given order, from the pack without upcard, hole card and pair. */
function drawChance({ pack }: Game, up: number, pair: number): (cards: number) => number {
  const hole = holeOfNatural(up);
  const left = Array.from(
    { length: RANKS },
    (_, rank) =>
      pack.counts[rank]! -
      (pack.infinite ? 0 : (rank === up ? 1 : 0) + (rank === hole ? 1 : 0) + (rank === pair ? 2 : 0)),
  );
  const all = left.reduce((sum, count) => sum + count, 0);
  return (cards) => {
    let chance = 1;
    let size = all;
    let rest = cards;
    for (let rank = 0; rank < RANKS; rank++) {
      const times = rest % 32;
      rest = (rest - times) / 32;
      for (let i = 0; i < times; i++) {
        const count = pack.infinite ? left[rank]! : left[rank]! - i;
        if (count <= 0) return 0;
        chance *= count / size;
        if (!pack.infinite) size--;
      }
    }
    return chance;
  };
}
