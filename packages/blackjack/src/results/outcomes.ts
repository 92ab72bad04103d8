import { BUST, handOf, hands, RANKS } from '../cards/hand-table.ts';
import { DOUBLE, HIT, SURRENDER } from '../play/first-hand-values.ts';
import type { Game } from '../play/game.ts';
import { lossToNatural } from '../play/settlement.ts';
import {
  cardsLeft,
  doubledPlays,
  doubledTotal,
  isNatural,
  leftOfRank,
  naturalIn,
  type Situation,
  slotIn,
} from '../play/situation.ts';
import { simulate } from '../simulation/simulate.ts';
import { dealChance } from '../strategy/composition-dependent.ts';
import type { Analysis } from './analysis.ts';

/** How a round can end, per unit of the first bet. */
export interface Outcomes {
  /** exact: computed; played: seeded rounds. */
  readonly kind: 'exact' | 'played';
  readonly mean: number;
  /** Standard deviation of one round. */
  readonly deviation: number;
  /** Standard error of the mean; 0 when exact. */
  readonly error: number;
  /** Lowest result first. */
  readonly outcomes: readonly { readonly result: number; readonly share: number }[];
}

/**
 * The distribution of a round's result. Exact where every round is one hand (no pair is split) and no bonus is paid; else
 * played, because the results of split hands hang together through the dealer and the shoe.
 */
export function outcomes(
  analysis: Analysis,
  options: { readonly rounds: number; readonly seed: number; readonly onProgress?: (done: number) => void },
): Outcomes {
  const { game } = analysis;
  const splits = analysis.upcards.some((values, up) =>
    (analysis.charts[up]?.splits ?? values?.splits)?.includes(true),
  );
  if (splits || game.bonuses.any) {
    const { mean, deviation, error, outcomes: played } = simulate(analysis, options);
    return { kind: 'played', mean, deviation, error, outcomes: played };
  }
  const tally = new Map<number, number>();
  for (const up of game.upcards)
    new OneHand(analysis, up, (result, chance) => {
      if (chance > 0) tally.set(result, (tally.get(result) ?? 0) + chance);
    }).deal(game.pack.counts[up]! / game.pack.size);
  let mean = 0;
  let squares = 0;
  for (const [result, chance] of tally) {
    mean += result * chance;
    squares += result * result * chance;
  }
  return {
    kind: 'exact',
    mean,
    deviation: Math.sqrt(Math.max(0, squares - mean * mean)),
    error: 0,
    outcomes: [...tally].sort(([a], [b]) => a - b).map(([result, share]) => ({ result, share })),
  };
}

type Tell = (result: number, chance: number) => void;

/** Every way one hand ends against one upcard. Chances count the rounds in which the dealer has a natural. */
class OneHand {
  readonly #game: Game;
  readonly #up: number;
  readonly #at: Situation;
  readonly #action: Uint8Array;
  readonly #tell: Tell;

  constructor({ game, upcards, charts }: Analysis, up: number, tell: Tell) {
    const { first } = upcards[up]!;
    this.#game = game;
    this.#up = up;
    this.#at = first.at;
    this.#action = charts[up]?.action ?? first.action;
    this.#tell = tell;
  }

  deal(upChance: number): void {
    const chances = new Float64Array(hands.size);
    for (let a = 0; a < RANKS; a++)
      for (let b = a; b < RANKS; b++)
        chances[handOf([a, b])] = upChance * dealChance(this.#game, this.#up, a, b);
    for (let hand = 1; hand < hands.size; hand++) if (chances[hand]! > 0) this.#play(hand, chances);
  }

  #play(hand: number, chances: Float64Array): void {
    const chance = chances[hand]!;
    const natural = naturalIn(this.#at, hand);
    const { rules, surrender } = this.#game;
    if (hands.cards[hand] === 2 && isNatural(hand)) {
      this.#tell(rules.blackjackPays, chance * (1 - natural));
      this.#tell(rules.ties.BJ, chance * natural);
      return;
    }
    switch (this.#action[hand]) {
      case HIT:
        this.#next(hand, chance, 1, (child, share) => {
          chances[child]! += share;
        });
        return;
      case DOUBLE:
        this.#doubled(hand, hand, chance, 2, rules.redoubles);
        return;
      case SURRENDER: {
        const early =
          surrender[this.#up] === 'early' && (hands.cards[hand] === 2 || !this.#game.peeks[this.#up]);
        this.#tell(rules.surrenderPays, early ? chance : chance * (1 - natural));
        if (!early) this.#tell(-1, chance * natural);
        return;
      }
      default:
        this.#stand(hand, hands.total[hand]!, chance, 1);
    }
  }

  #doubled(first: number, hand: number, chance: number, stake: number, redoubles: number): void {
    this.#next(hand, chance, stake, (child, share) => {
      const { stand, rescue, redouble } = doubledPlays(this.#at, first, child, stake, redoubles);
      if (redouble > stand && !(rescue >= redouble))
        this.#doubled(first, child, share, stake * 2, redoubles - 1);
      else if (rescue > stand) this.#rescued(child, share, stake);
      else this.#stand(child, doubledTotal(this.#game, first, child), share, stake);
    });
  }

  #rescued(hand: number, chance: number, stake: number): void {
    const natural = naturalIn(this.#at, hand);
    const early = this.#game.rules.doubleDownRescue === 'early' && !this.#game.peeks[this.#up];
    this.#tell(-stake / 2, early ? chance : chance * (1 - natural));
    if (!early) this.#tell(-lossToNatural(this.#game, this.#up, stake), chance * natural);
  }

  /** One more card: a bust ends the hand, but where the dealer peeks a natural had ended it before. */
  #next(hand: number, chance: number, stake: number, on: (child: number, chance: number) => void): void {
    const at = this.#at;
    const left = cardsLeft(at, hand);
    const hole = this.#up === 0 ? RANKS - 1 : this.#up === RANKS - 1 ? 0 : -1;
    for (let rank = 0; rank < RANKS; rank++) {
      const share = (chance * leftOfRank(at, hand, rank)) / left;
      if (share <= 0) continue;
      const child = hands.child[hand * RANKS + rank]!;
      if (child !== BUST) {
        on(child, share);
        continue;
      }
      const holes = hole < 0 || !this.#game.peeks[this.#up] ? 0 : leftOfRank(at, hand, hole);
      const { infinite } = this.#game.pack;
      const natural = infinite ? holes : Math.max(0, holes - (rank === hole ? 1 : 0)) / Math.max(1, left - 1);
      this.#tell(-1, share * natural);
      this.#tell(-stake, share * (1 - natural));
    }
  }

  #stand(hand: number, total: number, chance: number, stake: number): void {
    const { odds, rules, tie, peeks } = this.#game;
    const natural = naturalIn(this.#at, hand);
    const always = total === 21 && rules.player21AlwaysWins;
    const taken = always && !peeks[this.#up] ? 0 : natural;
    this.#tell(-lossToNatural(this.#game, this.#up, stake), chance * taken);
    if (always) {
      this.#tell(stake, chance * (1 - taken));
      return;
    }
    const from = slotIn(this.#at, hand) * odds.stride + odds.columnOf[this.#up]! * odds.totals - odds.lowest;
    let rest = 1 - natural;
    for (let dealer = Math.max(total, odds.lowest); dealer <= 21; dealer++) {
      const made = odds.chances[from + dealer]!;
      rest -= made;
      this.#tell(dealer === total ? stake * tie[total]! : -stake, chance * made);
    }
    this.#tell(stake, chance * rest);
  }
}
