import type { Random } from '@vakhta/kernel';
import type { Suits } from './play-round.ts';
import type { Card } from './witness-rules.ts';

/** Draws without replacement; `reset` puts every card back. */
export interface Shoe {
  reset(): void;
  /** Takes this card out; false when there is none. */
  take(card: Card): boolean;
  draw(): Card | undefined;
}

/** @param counts cards of rank 1..10, or null for an infinite shoe of these weights */
export function shoeOf(counts: readonly number[] | null, spanish: boolean, random: Random): Shoe {
  if (counts === null) {
    const ranks = spanish ? 12 : 13;
    return {
      reset: () => {},
      take: () => true,
      draw: () => Math.min(10, 1 + Math.floor(random.float() * ranks)),
    };
  }
  const full = counts.flatMap((count, rank) => new Array<Card>(count).fill(rank + 1));
  const cards = Uint8Array.from(full);
  let left = cards.length;
  return {
    // Draws only swap cards, so all of them are still there.
    reset: () => {
      left = cards.length;
    },
    take: (card) => {
      for (let i = 0; i < left; i++)
        if (cards[i] === card) {
          cards[i] = cards[--left]!;
          cards[left] = card;
          return true;
        }
      return false;
    },
    draw: () => {
      if (left === 0) return undefined;
      const i = Math.floor(random.float() * left);
      const card = cards[i]!;
      cards[i] = cards[--left]!;
      cards[left] = card;
      return card;
    },
  };
}

/** Deals suits to cards whose ranks are known; every rank of the full shoe has as many cards of each suit. */
export function suitsOf(counts: readonly number[] | null, random: Random): (cards: readonly Card[]) => Suits {
  return (cards) => {
    const left = (counts ?? []).map((count) => [count / 4, count / 4, count / 4, count / 4]);
    const dealt = cards.map((card) => {
      const ofRank = left[card - 1];
      let place = random.float() * (ofRank?.reduce((sum, count) => sum + count, 0) ?? 4);
      const suit = (ofRank ?? [1, 1, 1, 1]).findIndex((count) => {
        place -= count;
        return place < 0;
      });
      if (ofRank) ofRank[suit]!--;
      return suit;
    });
    if (dealt.some((suit) => suit !== dealt[0])) return 'mixed';
    return dealt[0] === 3 ? 'spades' : 'suited';
  };
}
