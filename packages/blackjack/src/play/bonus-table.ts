import { handOf, hands, NATURAL, RANKS } from '../cards/hand-table.ts';
import type { Pack } from '../cards/pack.ts';
import type { Bonus } from '../rules/rule-set.ts';

/** The bonus of every hand before and after a split; `undefined` where none applies. Empty arrays when there are none. */
export interface BonusTable {
  readonly any: boolean;
  readonly preSplit: readonly (Bonus | undefined)[];
  readonly postSplit: readonly (Bonus | undefined)[];
  /** What the bonus pays to this hand, over its suits. */
  meanPay(bonus: Bonus, hand: number): number;
}

/**
 * Suits: every rank of the pack is taken to be spread evenly over the four suits, and the hand to have been played
 * without regard to them, so that a hand is suited with the chance its cards have among all hands of its ranks.
 */
export function bonusTable(bonuses: readonly Bonus[], pack: Pack): BonusTable {
  const preSplit: (Bonus | undefined)[] = [];
  const postSplit: (Bonus | undefined)[] = [];
  for (const bonus of bonuses)
    for (let hand = 0; hand < hands.size; hand++) {
      if (hand === NATURAL || !matches(bonus, hand) || !has(pack, hand)) continue;
      if (bonus.preSplit) preSplit[hand] = bonus;
      if (bonus.postSplit) postSplit[hand] = bonus;
    }
  const suited = new Map<number, number>();
  return {
    any: bonuses.length > 0,
    preSplit,
    postSplit,
    meanPay: (bonus, hand) => {
      if (bonus.paysSuited === undefined && bonus.paysSpades === undefined) return bonus.pays;
      let chance = suited.get(hand);
      if (chance === undefined) {
        chance = chanceOfOneSuit(pack, hand);
        suited.set(hand, chance);
      }
      const paysSuited = bonus.paysSuited ?? bonus.pays;
      const paysSpades = bonus.paysSpades ?? paysSuited;
      return bonus.pays * (1 - 4 * chance) + (3 * paysSuited + paysSpades) * chance;
    },
  };
}

function matches(bonus: Bonus, hand: number): boolean {
  if (bonus.match === 'composition') return handOf(bonus.cards.map((card) => card - 1)) === hand;
  const cards = hands.cards[hand]!;
  return (
    (bonus.total === 'any' || bonus.total === hands.total[hand]) &&
    (bonus.orMore ? cards >= bonus.ncards : cards === bonus.ncards)
  );
}

function has(pack: Pack, hand: number): boolean {
  for (let rank = 0; rank < RANKS; rank++)
    if (!pack.infinite && hands.counts[hand * RANKS + rank]! > pack.counts[rank]!) return false;
  return true;
}

/** Chance that all cards of the hand are of one given suit. */
function chanceOfOneSuit(pack: Pack, hand: number): number {
  let chance = 1;
  for (let rank = 0; rank < RANKS; rank++) {
    const all = pack.counts[rank]!;
    for (let taken = 0; taken < hands.counts[hand * RANKS + rank]!; taken++)
      chance *= pack.infinite ? 1 / 4 : Math.max(0, (all / 4 - taken) / (all - taken));
  }
  return chance;
}
