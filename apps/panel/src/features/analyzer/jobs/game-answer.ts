import {
  type Analysis,
  analyseGame,
  dealChance,
  dealerTable,
  handOf,
  handRows,
  insuranceEv,
  prepareGame,
  type RuleSet,
  type StrategyClass,
} from '@vakhta/blackjack';
import { type GameAnswer, type HandLine, plays, type TotalLine } from './job-shapes.ts';

const RANKS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

/** Computes a game and keeps what the page shows: small enough to be sent between threads. */
export function gameAnswer(
  rules: RuleSet,
  strategy: StrategyClass,
  onProgress?: (done: number) => void,
): GameAnswer {
  const game = prepareGame(rules);
  onProgress?.(0.05);
  const analysis = analyseGame(game, {
    strategy,
    onProgress: (done) => onProgress?.(0.05 + done * 0.95),
  });
  const { counts, size } = game.pack;
  return {
    strategy,
    ev: analysis.ev,
    byUp: analysis.evByUp.map((ev, up) => (counts[up] === 0 ? null : ev)),
    upChance: counts.map((count) => count / size),
    byFirst: evByFirst(analysis),
    hands: handLines(analysis),
    totals: totalLines(analysis),
    dealer: dealerTable(rules),
    insurance: insuranceEv(rules),
  };
}

function handLines({ game, upcards, charts }: Analysis): HandLine[] {
  return upcards.flatMap((values, up) =>
    values === undefined
      ? []
      : handRows(game, values).map(({ cards, stand, hit, double, split, surrender }): HandLine => {
          const evs = { stand, hit, double, split, surrender };
          const [a, b] = [cards[0] - 1, cards[1] - 1];
          const chart = charts[up];
          const best = plays.reduce((top, play) =>
            (evs[play] ?? Number.NEGATIVE_INFINITY) > evs[top]! ? play : top,
          );
          const charted = chart && (a === b && chart.splits[a] ? 3 : chart.action[handOf([a, b])]!);
          const play = charted === undefined ? best : plays[charted]!;
          return { cards, up: up + 1, chance: dealChance(game, up, a, b), evs, play };
        }),
  );
}

const totalLines = ({ charts }: Analysis): TotalLine[] =>
  charts.flatMap((chart, up) =>
    (chart?.cells ?? []).map(({ total, soft, action, otherwise }) => ({
      total,
      soft,
      up: up + 1,
      play: plays[action]!,
      otherwise: plays[otherwise]!,
    })),
  );

/** Mean over the upcard and the second card, of the round as a whole: a dealer's natural is included. */
function evByFirst({ game, upcards, charts }: Analysis): (number | null)[] {
  const { pack } = game;
  const sums = RANKS.map(() => ({ chance: 0, value: 0 }));
  upcards.forEach((values, up) => {
    if (values === undefined) return;
    for (const a of RANKS)
      for (const b of RANKS) {
        if (b < a) continue;
        const chance = (pack.counts[up]! / pack.size) * dealChance(game, up, a, b);
        if (chance === 0) continue;
        const best = values.first.best[handOf([a, b])]!;
        const value = a === b && values.split[a]! > best ? values.split[a]! : best;
        // Either of two different cards comes first equally often.
        for (const card of a === b ? [a] : [a, b]) {
          const share = a === b ? chance : chance / 2;
          sums[card]!.chance += share;
          sums[card]!.value += share * value;
        }
      }
  });
  const byTotal = charts.some((chart) => chart !== undefined);
  return sums.map(({ chance, value }) => (byTotal || chance === 0 ? null : value / chance));
}
