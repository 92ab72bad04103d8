import { AppError } from '@vakhta/kernel';
import { ACE, BUST, hands, RANKS } from '../cards/hand-table.ts';
import type { Game } from '../play/game.ts';
import { lossToNatural, standAt } from '../play/settlement.ts';
import { naturalAfter, refundAfterPeek } from './split-value.ts';

/**
 * EV of splitting once with full memory: every play may depend on all cards seen on both hands. The hands are played left
 * to right, the first completed before the second is dealt its second card.
 *
 * What the first hand is worth when it ends does not depend on how the second is played (cards not seen are
 * exchangeable), so a first hand that ends with cards C is worth its stake's EV there plus the best the second can get
 * from the pack without C: a dynamic program over compositions of two hands. A full deck takes 0.3 to 0.8 million of
 * them for one upcard.
 *
 * @returns unconditional EV
 * @throws {AppError} `blackjack.no_full_memory` for rules it does not cover
 */
export function fullMemorySplitValue(game: Game, up: number, rank: number): number {
  refuseUncovered(game, rank);
  const first = new FirstOfTwo(game, up, rank);
  return first.value() + refundAfterPeek(game, up, rank, 2);
}

function refuseUncovered({ rules, bonuses, peeks, pack }: Game, rank: number): void {
  const uncovered = pack.infinite
    ? 'infinite'
    : rules.SPL !== 1 && !(rank === ACE && !rules.SMA && rules.SPL > 0)
      ? 'SPL'
      : rules.SAS
        ? 'SAS'
        : bonuses.any
          ? 'bonuses'
          : rules.rescueAfterSplit ||
              rules.redoubleAfterSplit ||
              rules.doubledSoftCountsHard ||
              rules.doubledSoft19Hard9
            ? 'doubling'
            : rules.bjAfterSplitAces || rules.bjAfterSplitTens
              ? 'bjAfterSplit'
              : ['BBO', 'OBBO'].includes(rules.holeCard) && !peeks[0]
                ? 'holeCard'
                : undefined;
  if (uncovered !== undefined)
    throw new AppError('blackjack.no_full_memory', `full-memory splits do not cover ${uncovered}`, {
      context: { rule: uncovered },
    });
}

const POWERS = Float64Array.from({ length: RANKS }, (_, rank) => 32 ** rank);

class FirstOfTwo {
  readonly #game: Game;
  readonly #up: number;
  readonly #rank: number;
  readonly #start: number;
  /** Best of the second hand by cards of the first beyond the pair's, one base-32 digit a rank. */
  readonly #second = new Map<number, number>();
  readonly #slots = new Map<number, number>();
  /** Cards gone: the upcard is not among them. */
  readonly #gone = new Uint8Array(RANKS);
  #size: number;

  constructor(game: Game, up: number, rank: number) {
    this.#game = game;
    this.#up = up;
    this.#rank = rank;
    this.#start = hands.child[rank]!;
    this.#gone[rank] = 2;
    this.#size = game.pack.size - 3;
  }

  value(): number {
    const known = new Float64Array(hands.size).fill(Number.NaN);
    return this.#over((child) => this.#play(child, known, (_, loss) => loss + this.#best()), this.#start);
  }

  /** The second hand alone, from the pack as it is now. */
  #best(): number {
    const key = this.#key();
    const before = this.#second.get(key);
    if (before !== undefined) return before;
    const known = new Float64Array(hands.size).fill(Number.NaN);
    const value = this.#over((child) => this.#play(child, known, (_, worth) => worth), this.#start);
    this.#second.set(key, value);
    return value;
  }

  /** The best of a hand in the pack as it is; `end` gets what the hand itself is worth when it is over. */
  #play(hand: number, known: Float64Array, end: (hand: number, worth: number) => number): number {
    const before = known[hand]!;
    if (!Number.isNaN(before)) return before;
    const { rules } = this.#game;
    let best = end(hand, this.#stand(hand, 1));
    const aces = this.#rank === ACE;
    if (
      this.#size > 0 &&
      (!aces || rules.HSA || hands.cards[hand]! < 2) &&
      hands.cards[hand]! < this.#game.maxCards
    ) {
      const hit = this.#over(
        (child) => (child === BUST ? end(BUST, -1) : this.#play(child, known, end)),
        hand,
      );
      if (hit > best) best = hit;
    }
    if (this.#game.mayDouble[hand] === 1 && rules.DAS && (!aces || rules.DSA)) {
      const double = this.#over(
        (child) => end(child, child === BUST ? this.#bustDouble() : this.#stand(child, 2)),
        hand,
      );
      if (double > best) best = double;
    }
    known[hand] = best;
    return best;
  }

  /** A doubled bust: where the dealer peeks only one unit goes to a natural. */
  #bustDouble(): number {
    const { up, game } = { up: this.#up, game: this.#game };
    return game.peeks[up] ? -2 + (2 - lossToNatural(game, up, 2)) * game.odds.natural(this.#slot(), up) : -2;
  }

  #stand(hand: number, stake: number): number {
    return standAt(this.#game, this.#slot(), this.#up, hands.total[hand]!, stake);
  }

  #slot(): number {
    const key = this.#key();
    const known = this.#slots.get(key);
    if (known !== undefined) return known;
    const slot = this.#game.odds.slotOfCards(this.#gone);
    this.#slots.set(key, slot);
    return slot;
  }

  /** Mean over the next card of the pack as it is; the card is gone while `of` runs. */
  #over(of: (child: number) => number, hand: number): number {
    const { pack } = this.#game;
    const size = this.#size;
    let sum = 0;
    for (let rank = 0; rank < RANKS; rank++) {
      const left = pack.counts[rank]! - this.#gone[rank]! - (rank === this.#up ? 1 : 0);
      if (left <= 0) continue;
      this.#gone[rank]!++;
      this.#size--;
      sum += left * of(hands.child[hand * RANKS + rank]!);
      this.#gone[rank]!--;
      this.#size++;
    }
    return sum / size;
  }

  #key(): number {
    let key = 0;
    for (let rank = 0; rank < RANKS; rank++) key += this.#gone[rank]! * POWERS[rank]!;
    return key;
  }
}

/** Given that the dealer has no natural: what a player sees where the dealer peeks. */
export function withoutNatural(game: Game, up: number, rank: number, ev: number): number {
  const natural = naturalAfter(game, up, rank);
  return (ev + natural) / (1 - natural);
}
