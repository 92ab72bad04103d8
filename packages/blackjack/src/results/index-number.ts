import { AppError } from '@vakhta/kernel';
import { handOf, RANKS, TEN } from '../cards/hand-table.ts';
import { firstHandValues, type Play } from '../play/first-hand-values.ts';
import { prepareGame } from '../play/game.ts';
import type { RuleSet } from '../rules/rule-set.ts';
import { splitValue } from '../splits/split-value.ts';
import { splitPolicy } from '../strategy/composition-dependent.ts';

export interface IndexQuestion {
  /** Cards 1..10 of the hand, and the upcard. */
  readonly cards: readonly number[];
  readonly up: number;
  /** The play below the index, and the one from it on. */
  readonly plays: readonly [Play, Play];
  /** What each rank 1..10 counts when it is seen; tens are one rank. */
  readonly tags: readonly number[];
}

/** True counts beyond this are not met. */
const FARTHEST = 30;
const CARDS_OF_DECK = 52;
const PRECISION = 0.005;

/**
 * The true count (running count per deck left) from which the second play is worth more. The shoe at a true count is the
 * mean of all shoes with it: each rank's share moves against its tag. Both plays are computed exactly for that shoe, in
 * which cards may be fractions.
 *
 * @returns null where one play is better at every count
 * @throws {AppError} `blackjack.no_index`
 */
export function indexNumber(rules: RuleSet, question: IndexQuestion): number | null {
  const { shoe } = rules;
  if (shoe === null || question.tags.length !== RANKS)
    throw new AppError('blackjack.no_index', 'an index needs a finite shoe and ten tags');
  const gain = (count: number) => gainAt({ ...rules, shoe: shoeAt(shoe, question.tags, count) }, question);
  return crossing(gain);
}

/** The true count from which insurance wins. */
export function insuranceIndex(rules: RuleSet, tags: readonly number[]): number | null {
  const { shoe } = rules;
  if (shoe === null || tags.length !== RANKS)
    throw new AppError('blackjack.no_index', 'an index needs a finite shoe and ten tags');
  return crossing((count) => {
    const left = shoeAt(shoe, tags, count);
    const size = left.reduce((sum, cards) => sum + cards, 0);
    return (3 * left[TEN]!) / (size - 1) - 1;
  });
}

function crossing(gain: (count: number) => number): number | null {
  let [below, above] = [-FARTHEST, FARTHEST];
  if (!(gain(below) < 0 && gain(above) > 0)) return null;
  while (above - below > PRECISION) {
    const middle = (below + above) / 2;
    if (gain(middle) > 0) above = middle;
    else below = middle;
  }
  return (below + above) / 2;
}

/** Shares move by the regression of a rank on the count; none falls below nothing. */
function shoeAt(shoe: readonly number[], tags: readonly number[], count: number): number[] {
  const size = shoe.reduce((sum, cards) => sum + cards, 0);
  const mean = shoe.reduce((sum, cards, rank) => sum + cards * tags[rank]!, 0) / size;
  const spread = shoe.reduce((sum, cards, rank) => sum + cards * (tags[rank]! - mean) ** 2, 0) / size;
  const moved = shoe.map((cards, rank) =>
    Math.max(0, cards * (1 - ((count / CARDS_OF_DECK) * (tags[rank]! - mean)) / spread)),
  );
  const total = moved.reduce((sum, cards) => sum + cards, 0);
  return moved.map((cards) => (cards * size) / total);
}

function gainAt(rules: RuleSet, { cards, up, plays: [low, high] }: IndexQuestion): number {
  const game = prepareGame(rules, [up - 1]);
  const first = firstHandValues(game, up - 1);
  const ranks = cards.map((card) => card - 1);
  const hand = handOf(ranks);
  const worth = (play: Play) =>
    play === 'split'
      ? splitValue(game, up - 1, ranks[0]!, splitPolicy(first, ranks[0]!, 'CDZ-'))
      : first[play][hand]!;
  const gain = worth(high) - worth(low);
  if (Number.isNaN(gain))
    throw new AppError('blackjack.no_index', 'one of the plays is not allowed to this hand', {
      context: { cards, up },
    });
  return gain;
}
