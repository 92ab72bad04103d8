import { AppError } from '@vakhta/kernel';
import { handOf, RANKS } from '../cards/hand-table.ts';
import type { FirstHandValues } from '../play/first-hand-values.ts';
import type { Policy } from '../play/policy.ts';
import { doubledPlays } from '../play/situation.ts';
import type { Analysis } from '../results/analysis.ts';
import { afterSplit } from '../splits/split-situation.ts';
import { splitPolicy } from '../strategy/composition-dependent.ts';
import type { AfterDouble, Play, Player } from '../witness/play-round.ts';

/** By STAND, HIT, DOUBLE, SPLIT, SURRENDER. */
const LETTERS: readonly Play[] = ['S', 'H', 'D', 'P', 'R'];

/**
 * A strategy as somebody who can be asked at a table: TD, 2C and CDZ-, which remember nothing of other hands, and CDP1,
 * which plays split hands by the pair alone.
 *
 * @throws {AppError} `blackjack.needs_memory` for CDP and CDPN
 */
export function strategyPlayer({ upcards, charts, strategy }: Analysis): {
  play: Player;
  afterDouble: AfterDouble;
} {
  if (strategy === 'CDP' || strategy === 'CDPN')
    throw new AppError('blackjack.needs_memory', `${strategy} goes by the cards of other hands: not played`, {
      context: { strategy },
    });
  const policies = new Map<number, Policy>();
  const policyAfter = (first: FirstHandValues, rank: number): Policy => {
    const chart = charts[first.at.up];
    if (chart) return chart.policy;
    const key = strategy === 'CDP1' ? first.at.up * RANKS + rank : first.at.up;
    const policy = policies.get(key) ?? splitPolicy(first, rank, strategy === 'CDP1' ? 'CDP1' : 'CDZ-')(0);
    policies.set(key, policy);
    return policy;
  };
  const play: Player = (cards, up, fromSplit, allowed) => {
    const { first, splits: byComposition } = upcards[up - 1]!;
    const chart = charts[up - 1];
    const hand = handOf(cards.map((card) => card - 1));
    // A split is played on while it may be; the first one where it is worth more.
    if (cards.length === 2 && cards[0] === cards[1] && allowed.has('P')) {
      const rank = cards[0]! - 1;
      const splits = chart?.splits ?? byComposition;
      if (fromSplit !== undefined || splits[rank]) return 'P';
    }
    if (fromSplit !== undefined) {
      const at = afterSplit(first.at.game, first.at.up, fromSplit - 1, 0);
      return LETTERS[policyAfter(first, fromSplit - 1)(at, hand)]!;
    }
    return LETTERS[(chart?.action ?? first.action)[hand]!]!;
  };
  const afterDouble: AfterDouble = (played, up, allowed: ReadonlySet<Play>) => {
    const { first } = upcards[up - 1]!;
    const { fromSplit, doubledFrom, cards, stake } = played;
    const rank = fromSplit === undefined ? -1 : fromSplit - 1;
    const at = rank < 0 ? first.at : afterSplit(first.at.game, first.at.up, rank, 0);
    const indexOf = (list: readonly number[]) => handOf(list.map((card) => card - 1));
    const doubles = cards.length - doubledFrom!.length;
    const left = first.at.game.rules.redoubles - doubles + 1;
    const worth = doubledPlays(at, indexOf(doubledFrom!), indexOf(cards), stake, left);
    if (allowed.has('D') && worth.redouble > Math.max(worth.stand, worth.rescue || -Infinity)) return 'D';
    return allowed.has('R') && worth.rescue > worth.stand ? 'R' : 'S';
  };
  return { play, afterDouble };
}
