import { AppError } from '@vakhta/kernel';
import { RANKS, TEN } from '../cards/hand-table.ts';
import type { RuleSet } from '../rules/rule-set.ts';
import type { StrategyClass } from '../strategy/strategy-class.ts';
import { analyse } from './analysis.ts';

export interface EffectsOfRemoval {
  readonly baseEv: number;
  /** At rank - 1: EV without one card of the rank, strategy optimised anew, minus EV of the shoe; null where there is none. */
  readonly eor: readonly (number | null)[];
}

/** @throws {AppError} `blackjack.no_removal` for an infinite shoe */
export function effectsOfRemoval(
  rules: RuleSet,
  options: { readonly strategy?: StrategyClass; readonly onProgress?: (done: number) => void } = {},
): EffectsOfRemoval {
  if (rules.shoe === null)
    throw new AppError('blackjack.no_removal', 'nothing changes when a card leaves an infinite shoe');
  const { strategy } = options;
  const baseEv = analyse(rules, { strategy }).ev;
  const eor = rules.shoe.map((count, rank) => {
    options.onProgress?.((rank + 1) / (TEN + 2));
    return count === 0 ? null : analyse(withoutCards(rules, [rank + 1]), { strategy }).ev - baseEv;
  });
  options.onProgress?.(1);
  return { baseEv, eor };
}

/** The same game from a shoe that has lost these cards (1..10). */
export function withoutCards(rules: RuleSet, cards: readonly number[]): RuleSet {
  if (rules.shoe === null) return rules;
  const shoe = [...rules.shoe];
  for (const card of cards) shoe[card - 1]!--;
  if (shoe.length !== RANKS || shoe.some((count) => count < 0))
    throw new AppError('blackjack.no_such_card', 'the shoe has not so many cards of that rank', {
      context: { cards },
    });
  return { ...rules, shoe, decks: null };
}
