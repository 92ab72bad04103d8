import { AppError } from '@vakhta/kernel';
import { BUST, handOf } from '../cards/hand-table.ts';
import { firstHandValues } from '../play/first-hand-values.ts';
import { prepareGame } from '../play/game.ts';
import { type HandRow, shownValue } from '../results/hand-table-rows.ts';
import type { RuleSet } from '../rules/rule-set.ts';
import { splitValue } from '../splits/split-value.ts';
import { splitPolicy } from '../strategy/composition-dependent.ts';

/** What each play of one hand is worth with this very shoe. Under OBO given that the dealer has no natural. */
export interface LiveHand extends Omit<HandRow, 'cards'> {
  readonly cards: readonly number[];
  readonly best: 'stand' | 'hit' | 'double' | 'split' | 'surrender';
}

/**
 * One hand of any number of cards, not from a split. `rules.shoe` is the shoe before the upcard and this hand left it.
 *
 * @throws {AppError} `blackjack.no_such_card`, `blackjack.bust`
 */
export function liveHand(rules: RuleSet, cards: readonly number[], up: number): LiveHand {
  const ranks = cards.map((card) => card - 1).sort((a, b) => a - b);
  const hand = handOf(ranks);
  if (hand === BUST || cards.length < 2)
    throw new AppError('blackjack.bust', 'a live hand has two cards or more, and no more than 21', {
      context: { cards },
    });
  const game = prepareGame(rules, [up - 1]);
  const first = firstHandValues(game, up - 1);
  if (Number.isNaN(first.stand[hand]!))
    throw new AppError('blackjack.no_such_card', 'the shoe has not got these cards', {
      context: { cards, up },
    });
  const [a, b] = ranks as [number, number];
  const isPair = cards.length === 2 && a === b;
  const split = isPair ? splitValue(game, up - 1, a, splitPolicy(first, a, 'CDZ-')) : Number.NaN;
  const shown = shownValue(game, { up: up - 1, first }, hand);
  const evs = {
    stand: shown(first.stand[hand]!)!,
    hit: shown(first.hit[hand]!),
    double: shown(first.double[hand]!),
    split: shown(split),
    surrender: shown(first.surrender[hand]!),
  };
  const names = ['stand', 'hit', 'double', 'split', 'surrender'] as const;
  const best = names.reduce((top, name) =>
    (evs[name] ?? Number.NEGATIVE_INFINITY) > evs[top]! ? name : top,
  );
  return { cards: [...cards], up, ...evs, best };
}
