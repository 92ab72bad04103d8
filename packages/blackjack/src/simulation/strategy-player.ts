import { handOf } from '../cards/hand-table.ts';
import { DOUBLE, SURRENDER } from '../play/first-hand-values.ts';
import { doubledPlays } from '../play/situation.ts';
import type { Analysis } from '../results/analysis.ts';
import { afterSplit } from '../splits/split-situation.ts';
import type { AfterDouble, Play, Player } from '../witness/play-round.ts';

/** The composition-dependent strategy without memory (CDZ-), as somebody who can be asked at a table. */
export function strategyPlayer({ upcards }: Analysis): { play: Player; afterDouble: AfterDouble } {
  const play: Player = (cards, up, fromSplit, allowed) => {
    const { first, split } = upcards[up - 1]!;
    const hand = handOf(cards.map((card) => card - 1));
    const pair = cards.length === 2 && cards[0] === cards[1];
    // A split is played on while it may be; the first one where it is worth more.
    if (pair && allowed.has('P')) {
      if (fromSplit !== undefined || split[cards[0]! - 1]! > first.best[hand]!) return 'P';
    }
    const action = first.action[hand]!;
    if (action === SURRENDER && allowed.has('R')) return 'R';
    const doubles = action === DOUBLE || (action === SURRENDER && first.double[hand]! > first.plain[hand]!);
    if (doubles && allowed.has('D')) return 'D';
    return first.hits[hand] === 1 && allowed.has('H') ? 'H' : 'S';
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
