import { AppError } from '@vakhta/kernel';
import { RANKS } from '../cards/hand-table.ts';
import type { Game } from '../play/game.ts';
import { prepareGame } from '../play/game.ts';
import type { RuleSet } from '../rules/rule-set.ts';
import {
  compositionDependent,
  type UpcardValues,
  zeroMemoryValues,
} from '../strategy/composition-dependent.ts';
import type { ForcedPlayInput } from '../strategy/forced-plays.ts';
import type { StrategyClass } from '../strategy/strategy-class.ts';
import { type TotalDependent, totalDependent } from '../strategy/total-dependent.ts';

export interface AnalysisOptions {
  /** Default CDZ-. */
  readonly strategy?: StrategyClass;
  /** Plays the player is bound to, everything else optimised; not for the classes TD and 2C. */
  readonly forced?: readonly ForcedPlayInput[];
  /** Upcards 1..10 to compute; default all that the shoe has. The EV of the game needs all. */
  readonly upcards?: readonly number[];
  /** Called after each upcard: from 0 to 1. */
  readonly onProgress?: (done: number) => void;
}

/** One game computed with one class of strategy. EVs are per unit of the first bet. */
export interface Analysis {
  readonly game: Game;
  readonly strategy: StrategyClass;
  /** EV of the round; NaN unless all upcards were computed. */
  readonly ev: number;
  /** EV given the upcard, at upcard - 1: a dealer's natural is included. NaN where not computed, 0 where there is no card. */
  readonly evByUp: readonly number[];
  /** The composition-dependent values that everything else is derived from, by upcard - 1. */
  readonly upcards: readonly (UpcardValues | undefined)[];
  /** Present for the classes TD and 2C. */
  readonly charts: readonly (TotalDependent | undefined)[];
}

/** @example analyse(parseRules({ decks: 6 })).ev */
export function analyse(rules: RuleSet, options: AnalysisOptions = {}): Analysis {
  const wanted = options.upcards?.map((up) => up - 1);
  return analyseGame(prepareGame(rules, wanted, options.forced), options);
}

/**
 * Several classes on one game share its dealer chances, so a second class costs little. What is forced is of the game.
 *
 * @throws {AppError} `blackjack.forced_class` for forced plays with TD or 2C
 */
export function analyseGame(game: Game, options: Omit<AnalysisOptions, 'forced' | 'upcards'> = {}): Analysis {
  const { strategy = 'CDZ-', onProgress } = options;
  const upcards: (UpcardValues | undefined)[] = new Array(RANKS).fill(undefined);
  const charts: (TotalDependent | undefined)[] = new Array(RANKS).fill(undefined);
  const byTotal = strategy === 'TD' || strategy === '2C';
  if (byTotal && game.binding)
    throw new AppError('blackjack.forced_class', `forced plays go by the cards: not with ${strategy}`);
  const evByUp = Array.from({ length: RANKS }, (_, up) => (game.pack.counts[up] === 0 ? 0 : Number.NaN));
  game.upcards.forEach((up, done) => {
    const values =
      byTotal || strategy === 'CDZ-' ? zeroMemoryValues(game, up) : compositionDependent(game, up, strategy);
    upcards[up] = values;
    if (byTotal) charts[up] = totalDependent(game, values, strategy);
    evByUp[up] = charts[up]?.ev ?? values.ev;
    onProgress?.((done + 1) / game.upcards.length);
  });
  return { game, strategy, ev: overUpcards(game, evByUp), evByUp, upcards, charts };
}

/** Mean over the upcard. */
const overUpcards = ({ pack }: Game, byUp: readonly number[]): number =>
  byUp.reduce(
    (sum, value, up) => (pack.counts[up] === 0 ? sum : sum + (pack.counts[up]! / pack.size) * value),
    0,
  );
