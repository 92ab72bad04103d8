import type { Random } from '@vakhta/kernel';
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
