/** Ranks 1..10 as they are printed on cards and typed. */
const NAMES = ['A', '2', '3', '4', '5', '6', '7', '8', '9', 'T'] as const;

export const RANKS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;
/** As charts have it: the ace last. */
export const UPCARDS = [2, 3, 4, 5, 6, 7, 8, 9, 10, 1] as const;

export const cardName = (rank: number): string => NAMES[rank - 1] ?? '?';

/** "A,7" of [1, 7]. */
export const cardsName = (cards: readonly number[]): string => cards.map(cardName).join(',');

/** The rank a key or a letter means, Russian letters too; undefined for any other. */
export function rankOf(key: string): number | undefined {
  if (/^[aаф1]$/i.test(key)) return 1;
  if (/^[tjqkт0]$/i.test(key)) return 10;
  return /^[2-9]$/.test(key) ? Number(key) : undefined;
}
