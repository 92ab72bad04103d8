import { ACE, RANKS, TEN } from '../cards/hand-table.ts';

/** One multiset of cards with which the dealer stops without being bust, the upcard included. */
export interface FinalHand {
  readonly counts: readonly number[];
  readonly cards: number;
  readonly total: number;
  /** In how many orders of ranks the dealer gets there, by upcard (rank). */
  readonly orders: readonly number[];
}

export interface DealerRule {
  readonly hitsSoft17: boolean;
  /** The dealer stops at so many cards, whatever the total. */
  readonly maxCards: number | undefined;
}

/**
 * Lists every way the dealer can stop at 21 or less, but for the two-card natural, which is counted apart. The chance of
 * a multiset does not depend on the order of its cards, so an order is only counted. Unlimited cards: 1 677 hands where
 * the dealer stands on soft 17, 1 740 where he hits it.
 */
function finalHands(rule: DealerRule): FinalHand[] {
  const found = new Map<string, { counts: number[]; cards: number; total: number; orders: number[] }>();
  const counts = new Array<number>(RANKS).fill(0);
  let upcard = 0;
  const draw = (hard: number, cards: number) => {
    const soft = counts[ACE]! > 0 && hard + 10 <= 21;
    const total = soft ? hard + 10 : hard;
    if (total > 21) return;
    if (cards >= 2 && stops(rule, total, soft, cards)) {
      if (cards === 2 && counts[ACE] === 1 && counts[TEN] === 1) return;
      const key = counts.join();
      const final = found.get(key) ?? {
        counts: [...counts],
        cards,
        total,
        orders: new Array<number>(RANKS).fill(0),
      };
      final.orders[upcard]!++;
      found.set(key, final);
      return;
    }
    for (let rank = 0; rank < RANKS; rank++) {
      counts[rank]!++;
      if (cards === 0) upcard = rank;
      draw(hard + rank + 1, cards + 1);
      counts[rank]!--;
    }
  };
  draw(0, 0);
  return [...found.values()];
}

/** Whether the dealer takes no more cards. */
export function stops(rule: DealerRule, total: number, soft: boolean, cards: number): boolean {
  if (rule.maxCards !== undefined && cards >= rule.maxCards) return true;
  return total > 17 || (total === 17 && !(soft && rule.hitsSoft17));
}

const listed = new Map<string, FinalHand[]>();

/** The list is the same for every pack, so it is made once a rule. */
export function finalsOf(rule: DealerRule): FinalHand[] {
  const key = `${rule.hitsSoft17} ${rule.maxCards}`;
  let finals = listed.get(key);
  if (finals === undefined) {
    finals = finalHands(rule);
    listed.set(key, finals);
  }
  return finals;
}
