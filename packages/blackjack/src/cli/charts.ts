import { DOUBLE, HIT, SPLIT, STAND, SURRENDER } from '../play/first-hand-values.ts';
import type { Analysis } from '../results/analysis.ts';
import type { Exception } from '../results/exceptions.ts';
import { type HandRow, handRows } from '../results/hand-table-rows.ts';

/** Of upcards and cards, by rank. */
export const NAMES = ['A', '2', '3', '4', '5', '6', '7', '8', '9', 'T'];

/** One line of a chart: letters by upcard, - where the shoe has none. A second letter: what is done if the first may not be. */
export interface ChartRow {
  readonly hand: string;
  readonly plays: readonly string[];
}

const LETTERS: Readonly<Record<number, string>> = {
  [STAND]: 'S',
  [HIT]: 'H',
  [DOUBLE]: 'D',
  [SPLIT]: 'P',
  [SURRENDER]: 'R',
};

/** The chart of a class by total (of 2C: of three cards and more), and the pairs that are split. */
export function chartRows({ charts, game }: Analysis): ChartRow[] {
  const byUp = <T>(of: (chart: NonNullable<(typeof charts)[number]>) => T) =>
    NAMES.map((_, up) => (charts[up] && game.upcards.includes(up) ? of(charts[up]) : undefined));
  const cells = charts.find((chart) => chart !== undefined)?.cells ?? [];
  const totals = cells.map((cell, place) => ({
    hand: `${cell.soft ? 'soft' : 'hard'} ${cell.total}`,
    plays: byUp(({ cells: all }) => {
      const { action, otherwise } = all[place]!;
      const letter = LETTERS[action]!;
      return action === otherwise ? letter : letter + LETTERS[otherwise]!.toLowerCase();
    }).map((play) => play ?? '-'),
  }));
  const pairs = NAMES.map((name, rank) => ({
    hand: name + name,
    plays: byUp(({ splits }) => (splits[rank] ? 'P' : '.')).map((play) => play ?? '-'),
  }));
  return [...totals, ...pairs];
}

export const totalChart = (rows: readonly ChartRow[]): string[] => [
  `${''.padEnd(9)}${NAMES.map((name) => name.padEnd(3)).join('')}`,
  ...rows.map(({ hand, plays }) => `${hand.padEnd(9)}${plays.map((play) => play.padEnd(3)).join('')}`),
];

export const rowsOf = ({ game, upcards }: Analysis): HandRow[] =>
  upcards.flatMap((values) => (values ? handRows(game, values) : []));

export function handChart(rows: readonly HandRow[]): string[] {
  const byHand = Map.groupBy(rows, ({ cards }) => cards.map((card) => NAMES[card - 1]).join(''));
  return [
    `     ${NAMES.join(' ')}`,
    ...[...byHand].map(([name, cells]) => {
      const plays = NAMES.map((_, up) => {
        const row = cells.find((cell) => cell.up === up + 1);
        return row ? letterOf(row) : '-';
      });
      return `${name.padEnd(5)}${plays.join(' ')}`;
    }),
  ];
}

function letterOf({ stand, hit, double, split, surrender }: HandRow): string {
  const worth: [string, number | null][] = [
    ['S', stand],
    ['H', hit],
    ['D', double],
    ['P', split],
    ['R', surrender],
  ];
  return worth.reduce((best, play) => ((play[1] ?? Number.NEGATIVE_INFINITY) > best[1]! ? play : best))[0];
}

export const exceptionLine = ({ cards, up, chart, better, cost }: Exception): string =>
  `${cards.map((card) => NAMES[card - 1]).join(',')} against ${NAMES[up - 1]}: ${better}, not ${chart} (${cost.toFixed(6)})`;
