import { hands, RANKS } from './hand-table.ts';

/** The cards of a hand as ranks 1..10, lowest first. */
export function cardsOfHand(hand: number): number[] {
  const cards: number[] = [];
  for (let rank = 0; rank < RANKS; rank++)
    for (let i = 0; i < hands.counts[hand * RANKS + rank]!; i++) cards.push(rank + 1);
  return cards;
}
