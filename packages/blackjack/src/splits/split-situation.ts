import { ACE, TEN } from '../cards/hand-table.ts';
import type { Game } from '../play/game.ts';
import type { Policy } from '../play/policy.ts';
import { type Situation, situationOf } from '../play/situation.ts';

/** Which play the hands of a split follow, given how many further cards of the pair are gone. */
export type SplitPolicy = (pairsGone: number) => Policy;

/** Hands that splits of this rank can come to; 1 where the rank may not be split. */
export function handsOfSplit(game: Game, rank: number): number {
  const { SPL, SMA, splitAllowed } = game.rules;
  if (!splitAllowed[rank]) return 1;
  return rank === ACE && !SMA ? Math.min(SPL, 1) + 1 : SPL + 1;
}

/** The situation of a split hand while `pairsGone` cards of the rank are out beside the two that were split. */
export const afterSplit = (game: Game, up: number, rank: number, pairsGone: number): Situation =>
  situationOf(game, up, rank, pairsGone + 1);

/** The hole card that makes a natural of the upcard; -1 for upcards two to nine. */
export const holeOfNatural = (up: number): number => (up === ACE ? TEN : up === TEN ? ACE : -1);
