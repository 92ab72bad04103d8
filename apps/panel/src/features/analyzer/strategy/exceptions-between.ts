import type { GameAnswer, HandLine, Play } from '../jobs/job-shapes.ts';

export interface Exception {
  readonly cards: HandLine['cards'];
  readonly up: number;
  readonly first: Play;
  readonly second: Play;
  /** EV of the second's play less that of the first's, by the first's EVs. */
  readonly cost: number;
}

/** Two-card hands that two classes play differently, the dearest first. */
export function exceptionsBetween(first: GameAnswer, second: GameAnswer): Exception[] {
  const plays = new Map(second.hands.map((line) => [`${line.cards}:${line.up}`, line.play]));
  return first.hands
    .flatMap(({ cards, up, play, evs }) => {
      const otherwise = plays.get(`${cards}:${up}`);
      if (otherwise === undefined || otherwise === play) return [];
      return [{ cards, up, first: play, second: otherwise, cost: (evs[otherwise] ?? 0) - (evs[play] ?? 0) }];
    })
    .toSorted((a, b) => Math.abs(b.cost) - Math.abs(a.cost));
}
