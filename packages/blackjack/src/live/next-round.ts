import { AppError } from '@vakhta/kernel';
import { analyse } from '../results/analysis.ts';
import { withoutCards } from '../results/effects-of-removal.ts';
import { SMALLEST_SHOE } from '../rules/clashes.ts';
import type { RuleSet } from '../rules/rule-set.ts';
import type { StrategyClass } from '../strategy/strategy-class.ts';

export interface NextRound {
  /** EV per unit bet on it, splits exact. */
  readonly ev: number;
  /** By upcard - 1. */
  readonly evByUp: readonly number[];
}

/**
 * What a bet on the next round is worth: the game from what is left of the shoe.
 *
 * @param options.gone cards (1..10) that are on the table now and out of the shoe by then
 * @throws {AppError} `blackjack.shoe_spent` when a round could run out of cards, `blackjack.no_such_card`
 */
export function nextRound(
  rules: RuleSet,
  options: { readonly gone?: readonly number[]; readonly strategy?: StrategyClass } = {},
): NextRound {
  const left = withoutCards(rules, options.gone ?? []);
  const size = left.shoe?.reduce((sum, count) => sum + count, 0);
  if (size !== undefined && size < SMALLEST_SHOE)
    throw new AppError('blackjack.shoe_spent', `${size} cards are too few for another round`, {
      context: { size },
    });
  const { ev, evByUp } = analyse(left, { strategy: options.strategy });
  return { ev, evByUp };
}
