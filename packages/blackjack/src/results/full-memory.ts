import { prepareGame } from '../play/game.ts';
import type { RuleSet } from '../rules/rule-set.ts';
import { fullMemorySplitValue, withoutNatural } from '../splits/full-memory-split.ts';

export interface FullMemorySplit {
  /** Unconditional EV. */
  readonly ev: number;
  /** Given that the dealer has no natural. */
  readonly evNoNatural: number;
}

/**
 * EV of splitting `pair` (rank 1..10) once against `up`, when every play may depend on all cards seen. A full deck takes
 * about a second.
 *
 * @throws {AppError} `blackjack.no_full_memory` for rules it does not cover
 */
export function fullMemorySplit(rules: RuleSet, pair: number, up: number): FullMemorySplit {
  const game = prepareGame(rules, [up - 1]);
  const ev = fullMemorySplitValue(game, up - 1, pair - 1);
  return { ev, evNoNatural: withoutNatural(game, up - 1, pair - 1, ev) };
}
