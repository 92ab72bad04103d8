import { AppError } from '@vakhta/kernel';
import { handOf } from '../cards/hand-table.ts';
import type { Game } from '../play/game.ts';
import { splitHandValue } from '../splits/split-hand.ts';
import { deepestState } from '../splits/split-patterns.ts';
import { afterSplit, handsOfSplit } from '../splits/split-situation.ts';
import { splitValue, statesOf } from '../splits/split-value.ts';
import { splitPolicy, zeroMemoryValues } from '../strategy/composition-dependent.ts';
import type { CompositionClass } from '../strategy/strategy-class.ts';
import { shownValue } from './hand-table-rows.ts';

/** One hand of a split while these cards are known to be out beside the pair and the upcard. */
export interface SplitState {
  readonly pairsGone: number;
  readonly othersGone: number;
  /** Probability of the state: that the next cards are so many of the pair's rank, then so many others. */
  readonly chance: number;
  /** Unconditional EV of the hand, dealt any second card; null where the state cannot be. */
  readonly ev: number | null;
}

export interface SplitTable {
  readonly pair: number;
  readonly up: number;
  /** EV of splitting, at most once, twice …; shown as in the table of hands. */
  readonly bySplits: readonly number[];
  readonly states: readonly SplitState[];
}

/**
 * What splitting a pair is worth by the number of splits, and what one hand is worth in each state of the shoe that the
 * exact value is made of.
 *
 * @param pair rank 1..10
 * @throws {AppError} `blackjack.no_split` when the pair may not be split or the shoe has none, `blackjack.no_upcard`
 */
export function splitTable(
  game: Game,
  pair: number,
  up: number,
  kind: Exclude<CompositionClass, 'CDPN'> = 'CDZ-',
): SplitTable {
  const [rank, upcard] = [pair - 1, up - 1];
  if (!game.upcards.includes(upcard))
    throw new AppError('blackjack.no_upcard', 'this upcard was left out of the game', { context: { up } });
  const { first } = zeroMemoryValues(game, upcard);
  const hand = handOf([rank, rank]);
  const most = handsOfSplit(game, rank);
  if (most < 2 || Number.isNaN(first.stand[hand]!))
    throw new AppError('blackjack.no_split', 'this pair cannot be split', { context: { pair, up } });
  const policy = splitPolicy(first, rank, kind);
  const shown = shownValue(game, { up: upcard, first }, hand);
  const bySplits = Array.from(
    { length: most - 1 },
    (_, i) => shown(splitValue(game, upcard, rank, policy, i + 2))!,
  );
  const values = statesOf(game, upcard, rank, most, (gone) =>
    splitHandValue(afterSplit(game, upcard, rank, gone), policy(gone)),
  );
  const chances = statesOf(game, upcard, rank, most, () => ({ any: 1, other: 1 }));
  const states: SplitState[] = [];
  for (let pairsGone = 0; pairsGone <= deepestState(most); pairsGone++)
    values[pairsGone]!.forEach(({ any }, othersGone) => {
      const chance = chances[pairsGone]![othersGone]!.any;
      // Chances are differences: what is left of zero is rounding.
      states.push({ pairsGone, othersGone, chance, ev: chance > 1e-15 ? any / chance : null });
    });
  return { pair, up, bySplits, states };
}
