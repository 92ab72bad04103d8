import { cardsOfHand } from '../cards/cards-of-hand.ts';
import { hands } from '../cards/hand-table.ts';
import { canBe, type FirstHandValues, type Play, plays } from '../play/first-hand-values.ts';
import type { Game } from '../play/game.ts';
import type { Policy } from '../play/policy.ts';
import { isNatural } from '../play/situation.ts';
import { afterSplit } from '../splits/split-situation.ts';
import { splitPolicy, zeroMemoryValues } from '../strategy/composition-dependent.ts';
import { totalDependent } from '../strategy/total-dependent.ts';

/** A hand that a chart plays otherwise than is best for its cards. Ranks are 1..10. */
export interface Exception {
  readonly cards: readonly number[];
  readonly up: number;
  readonly chart: Play;
  readonly better: Play;
  /** EV that the chart's play gives away on this hand. */
  readonly cost: number;
}

/** Where the chart of a class (TD, 2C) departs from the play by composition: fewest cards first, then the dearest. */
export function exceptions(game: Game, kind: 'TD' | '2C'): Exception[] {
  const found: Exception[] = [];
  for (const up of game.upcards) {
    const cd = zeroMemoryValues(game, up);
    const chart = totalDependent(game, cd, kind);
    for (let hand = 1; hand < hands.size; hand++) {
      if (hands.cards[hand]! < 2 || isNatural(hand) || Number.isNaN(cd.first.stand[hand]!)) continue;
      const cards = cardsOfHand(hand);
      const rank = cards.length === 2 && cards[0] === cards[1] ? cards[0]! - 1 : -1;
      const chartPlay = rank >= 0 && chart.splits[rank] ? 'split' : plays[chart.action[hand]!]!;
      const splits = rank >= 0 && cd.splits[rank]!;
      const better = splits ? 'split' : plays[cd.first.action[hand]!]!;
      if (chartPlay === better) continue;
      const worth = (play: Play) => (play === 'split' ? cd.split[rank]! : cd.first[play][hand]!);
      found.push({ cards, up: up + 1, chart: chartPlay, better, cost: worth(better) - worth(chartPlay) });
    }
  }
  return found.sort((a, b) => a.cards.length - b.cards.length || b.cost - a.cost);
}

/** A hand of a split that is played otherwise once the pair is known to be gone. */
export interface SplitException {
  readonly pair: number;
  readonly cards: readonly number[];
  readonly up: number;
  /** As before the split (CDZ-). */
  readonly unknowing: Play;
  /** With the pair gone (CDP1). */
  readonly knowing: Play;
}

/** Where CDP1 departs from CDZ- after a split. */
export function splitExceptions(game: Game): SplitException[] {
  return game.upcards.flatMap((up) => {
    const { first, split } = zeroMemoryValues(game, up);
    return [...split.keys()]
      .filter((rank) => !Number.isNaN(split[rank]!))
      .flatMap((rank) => departures(game, first, rank));
  });
}

function departures(game: Game, first: FirstHandValues, rank: number): SplitException[] {
  const { up } = first.at;
  const at = afterSplit(game, up, rank, 0);
  const playOf = (policy: Policy, hand: number) => plays[policy(at, hand)]!;
  const [unknowing, knowing] = [splitPolicy(first, rank, 'CDZ-')(0), splitPolicy(first, rank, 'CDP1')(0)];
  const found: SplitException[] = [];
  for (let hand = 1; hand < hands.size; hand++) {
    const cards = cardsOfHand(hand);
    if (cards.length < 2 || !cards.includes(rank + 1) || !canBe(at, hand)) continue;
    const [before, after] = [playOf(unknowing, hand), playOf(knowing, hand)];
    if (before !== after)
      found.push({ pair: rank + 1, cards, up: up + 1, unknowing: before, knowing: after });
  }
  return found;
}
