import type { Card } from './witness-rules.ts';

/** One hand on the table and how it ended. */
export interface PlayedHand {
  readonly cards: Card[];
  stake: number;
  /** What a win pays to 1. */
  pays: number;
  /** Settled before the dealer plays: what it won; undefined while it stands. */
  settled: number | undefined;
  /** What it gets instead when the dealer turns out to have a natural, for hands settled subject to that. */
  settledAtNatural: number | undefined;
  doubledFrom: Card[] | undefined;
  readonly fromSplit: Card | undefined;
  bust: boolean;
}

export const newHand = (cards: Card[], fromSplit?: Card): PlayedHand => ({
  cards,
  stake: 1,
  pays: 1,
  settled: undefined,
  settledAtNatural: undefined,
  doubledFrom: undefined,
  fromSplit,
  bust: false,
});
