import { cardName } from '../card-names.ts';
import {
  type GameAnswer,
  type HandLine,
  type Play,
  type PlayEvs,
  plays,
  type TotalLine,
} from '../jobs/job-shapes.ts';

export type ChartKind = 'hard' | 'soft' | 'pairs';
/** Two columns about as tall as each other. */
export const chartColumns: readonly (readonly ChartKind[])[] = [['hard'], ['soft', 'pairs']];

/** The lines of a chart of two-card hands: those of one name, by upcard - 1. */
export interface HandRowLines {
  readonly label: string;
  readonly lines: readonly (HandLine | undefined)[];
}

const kindOf = ([a, b]: readonly [number, number]): ChartKind => {
  if (a === b) return 'pairs';
  return a === 1 ? 'soft' : 'hard';
};

/** Two-card hands of one kind, hard ones by total, as rows. A natural is no decision. */
export function handRowsOf(hands: readonly HandLine[], kind: ChartKind): HandRowLines[] {
  const byName = Map.groupBy(
    hands.filter(({ cards }) => kindOf(cards) === kind && !(cards[0] === 1 && cards[1] === 10)),
    ({ cards }) => cards.join(),
  );
  return [...byName.values()]
    .toSorted(
      ([a], [b]) => a!.cards[0] + a!.cards[1] - b!.cards[0] - b!.cards[1] || a!.cards[0] - b!.cards[0],
    )
    .map((lines) => ({ label: lines[0]!.cards.map(cardName).join(''), lines: byUp(lines) }));
}

export interface TotalRowLines {
  readonly label: string;
  readonly lines: readonly (TotalLine | undefined)[];
}

/** A chart by total: what a player has to decide, hard 5..20 and soft 13..20. */
export function totalRowsOf({ totals }: GameAnswer, soft: boolean): TotalRowLines[] {
  const shown = totals.filter(
    (line) => line.soft === soft && line.total <= 20 && line.total >= (soft ? 13 : 5),
  );
  const byTotal = Map.groupBy(shown, ({ total }) => total);
  return [...byTotal]
    .toSorted(([a], [b]) => a - b)
    .map(([total, lines]) => ({ label: String(total), lines: byUp(lines) }));
}

function byUp<Line extends { readonly up: number }>(lines: readonly Line[]): (Line | undefined)[] {
  const row: (Line | undefined)[] = new Array(10).fill(undefined);
  for (const line of lines) row[line.up - 1] = line;
  return row;
}

/** The allowed plays from best to worst. */
export const ranked = (evs: PlayEvs): (readonly [Play, number])[] =>
  plays
    .map((play) => [play, evs[play]] as const)
    .filter((entry): entry is [Play, number] => entry[1] !== null)
    .toSorted(([, a], [, b]) => b - a);

/** By how much the best play is ahead of the second; null where there is but one. */
export function leadOf(evs: PlayEvs): number | null {
  const [first, second] = ranked(evs);
  return first && second ? first[1] - second[1] : null;
}
