import { RANKS } from './hand-table.ts';

/** The cards not yet seen, before the upcard is dealt. */
export interface Pack {
  /** Cards of each rank; with `infinite`, the probability of each rank instead (and `size` 1). */
  readonly counts: readonly number[];
  readonly size: number;
  /** Draw probabilities never change. */
  readonly infinite: boolean;
}

export function finitePack(counts: readonly number[]): Pack {
  return { counts: [...counts], size: counts.reduce((sum, count) => sum + count, 0), infinite: false };
}

/** Tens are four ranks of thirteen; in Spanish decks (no ten-spots) three of twelve. */
export function infinitePack(spanish: boolean): Pack {
  const ranks = spanish ? 12 : 13;
  const counts = Array.from({ length: RANKS }, (_, rank) => (rank === 9 ? ranks - 9 : 1) / ranks);
  return { counts, size: 1, infinite: true };
}

export function fullDecks(decks: number, spanish: boolean): number[] {
  return Array.from({ length: RANKS }, (_, rank) => decks * (rank === 9 ? (spanish ? 12 : 16) : 4));
}
