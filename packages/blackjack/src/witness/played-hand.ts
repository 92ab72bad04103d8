import type { Card } from './witness-rules.ts';

/** One hand on the table and how it ended. */
export interface PlayedHand {
  readonly cards: Card[];
  stake: number;
  /** Settled before the dealer plays: what it won; undefined while it stands. */
  settled: number | undefined;
  /** What it gets instead when the dealer turns out to have a natural, for hands settled subject to that. */
  settledAtNatural: number | undefined;
  /** Total to compare, where a lone ace of a doubled hand has come to count 1. */
  total: number | undefined;
  doubledFrom: Card[] | undefined;
  readonly fromSplit: Card | undefined;
  bust: boolean;
}

export const newHand = (cards: Card[], fromSplit?: Card): PlayedHand => ({
  cards,
  stake: 1,
  settled: undefined,
  settledAtNatural: undefined,
  total: undefined,
  doubledFrom: undefined,
  fromSplit,
  bust: false,
});
