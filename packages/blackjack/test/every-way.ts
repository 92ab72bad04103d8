import type { Analysis, RuleSetInput } from '../src/index.ts';
import { strategyPlayer } from '../src/simulation/strategy-player.ts';
import { playRound } from '../src/witness/play-round.ts';

interface Choice {
  readonly ranks: readonly number[];
  at: number;
}

/**
 * The witness's round dealt in every order of cards there is, by playing it again from the start for each: exact where
 * the simulator only samples. undefined when there are more ways than `most`, or the shoe ran out in one.
 */
export function everyWay(
  analysis: Analysis,
  hand: readonly [number, number],
  up: number,
  most: number,
): number | undefined {
  const { rules } = analysis.game;
  const { play, afterDouble } = strategyPlayer(analysis);
  const shoe = [...rules.shoe!];
  for (const card of [...hand, up]) shoe[card - 1]!--;
  const path: Choice[] = [];
  let ev = 0;
  for (let way = 0; way < most; way++) {
    const left = [...shoe];
    let size = left.reduce((sum, count) => sum + count, 0);
    let chance = 1;
    let depth = 0;
    let ranOut = false;
    const draw = () => {
      if (size === 0) {
        ranOut = true;
        return undefined;
      }
      path[depth] ??= { ranks: [...left.keys()].filter((rank) => left[rank]! > 0), at: 0 };
      const { ranks, at } = path[depth++]!;
      const rank = ranks[at]!;
      chance *= left[rank]!-- / size--;
      return rank + 1;
    };
    const won = playRound({ rules, draw, play, afterDouble, suits: () => 'mixed' }, hand, up);
    if (ranOut) return undefined;
    ev += chance * won;
    while (path.length > 0 && path.at(-1)!.at === path.at(-1)!.ranks.length - 1) path.pop();
    if (path.length === 0) return ev;
    path.at(-1)!.at++;
  }
  return undefined;
}

interface Dice {
  readonly pick: <T>(of: readonly T[]) => T;
  readonly yes: (chance: number) => boolean;
}

/** Rules in any mixture, over a shoe of few ranks so that all ways can be dealt. */
export function anyRules(
  { pick, yes }: Dice,
  shoe: readonly number[],
  ranks: readonly number[],
): RuleSetInput {
  const holeCard = pick(['OBO', 'ENHC', 'BBO', 'OBBO', 'AOBBO'] as const);
  return {
    shoe: [...shoe],
    dealer: pick(['S17', 'H17']),
    blackjackPays: pick([1.5, 1.2]),
    holeCard,
    ...(holeCard === 'ENHC' && yes(0.4) && pick([{ peekAce: true }, { peekTen: true }])),
    double: pick(['DOA', 'DOA', 'D9', 'D10']),
    doubleSoft: yes(0.8),
    DAN: yes(0.3),
    DAS: yes(0.7),
    DSA: yes(0.3),
    doubledSoftCountsHard: yes(0.15),
    doubledSoft19Hard9: yes(0.15),
    redoubles: pick([0, 0, 1, 2]),
    doubleDownRescue: pick(['none', 'none', 'late', 'early']),
    SPL: pick([0, 1, 1, 2, 3]),
    SMA: yes(0.4),
    HSA: yes(0.4),
    bjAfterSplitAces: yes(0.2),
    bjAfterSplitTens: yes(0.2),
    surrender: pick(['NS', 'NS', 'LS', 'ES', 'ES10']),
    surrenderPays: pick([-0.5, -0.4]),
    SAN: yes(0.2),
    SAS: yes(0.25),
    player21AlwaysWins: yes(0.2),
    ties: yes(0.2) ? { 17: -1, 18: -1, 19: -1, 21: pick([0, 1]), BJ: pick([0, 1.5]) } : {},
    bonuses: yes(0.25)
      ? [
          {
            match: 'total+ncards',
            ncards: pick([3, 4, 5]),
            total: pick(['any' as const, 21]),
            orMore: yes(0.5),
            pays: pick([1, 2]),
            mustWin: yes(0.2),
            preSplit: yes(0.8),
            postSplit: yes(0.5),
            payVsDealerBJ: pick([-1, 1]),
          },
          {
            match: 'composition',
            cards: [pick(ranks), pick(ranks), pick(ranks)],
            pays: 1.5,
            postSplit: yes(0.5),
          },
        ]
      : [],
  };
}
