import {
  analyse,
  effectsOfRemoval,
  handRows,
  liveHand,
  nextRound,
  type RuleSet,
  type SideBet,
  sideBetValue,
  simulate,
} from '@vakhta/blackjack';
import { gameAnswer } from './game-answer.ts';
import type { Job, SideBetAnswer, SplitAnswer } from './job-shapes.ts';

/** Does one job; `onProgress` gets 0 to 1. */
export function answerJob(job: Job, onProgress: (done: number) => void): unknown {
  switch (job.kind) {
    case 'game':
      return gameAnswer(job.rules, job.strategy, onProgress);
    case 'effects':
      return effectsOfRemoval(job.rules, { strategy: job.strategy, onProgress });
    case 'splits':
      return splitsByLimit(job.rules, onProgress);
    case 'simulation':
      return simulate(analyse(job.rules), { rounds: job.rounds, seed: job.seed, onProgress });
    case 'liveHand':
      return liveHand(job.rules, job.cards, job.up);
    case 'nextRound':
      return nextRound(job.rules);
    case 'sideBet':
      return sideBetChances(job.bet);
  }
}

function splitsByLimit(rules: RuleSet, onProgress: (done: number) => void): SplitAnswer {
  return [1, 2, 3].map((SPL) => {
    const { game, upcards } = analyse({ ...rules, SPL });
    onProgress(SPL / 3);
    const table = Array.from({ length: 10 }, () => new Array<number | null>(10).fill(null));
    upcards.forEach((values, up) => {
      if (values)
        for (const { cards, split } of handRows(game, values))
          if (cards[0] === cards[1]) table[cards[0] - 1]![up] = split;
    });
    return table;
  });
}

function sideBetChances(bet: SideBet): SideBetAnswer {
  const { ev, deviation, counts, sets } = sideBetValue(bet);
  return { ev, deviation, chances: bet.events.map(({ name }) => Number(counts[name]!) / Number(sets)) };
}
