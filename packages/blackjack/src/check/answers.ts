import { AppError } from '@vakhta/kernel';
import { prepareGame } from '../play/game.ts';
import { analyseGame } from '../results/analysis.ts';
import { type DealerRow, dealerTable } from '../results/dealer-table.ts';
import { effectsOfRemoval } from '../results/effects-of-removal.ts';
import { fullMemorySplit } from '../results/full-memory.ts';
import { handRows } from '../results/hand-table-rows.ts';
import { parseRules } from '../rules/parse-rules.ts';
import { sideBetSchema } from '../side-bets/side-bet.ts';
import { sideBetValue } from '../side-bets/side-bet-value.ts';
import { strategyClassSchema } from '../strategy/strategy-class.ts';
import type { Item } from './item.ts';

/** A number to compare: where it stands, what came out, what is expected. */
export interface Comparison {
  readonly where: string;
  readonly answer: number | null | undefined;
  readonly expected: number | null | undefined;
  /** Whole numbers must be equal. */
  readonly whole?: boolean;
}

const PLAYED = ['overall', 'perhand', 'depleted', 'eor-base', 'mgp', 'refca', 'published', 'published-hands'];

/** Computes what an item asks from its kind, rules, strategy, pair, upcard and bet alone. */
export function answer(item: Item): Comparison[] {
  if (PLAYED.includes(item.kind)) return played(item);
  switch (item.kind) {
    case 'dealer':
      return dealer(item);
    case 'eor':
    case 'published-eor':
      return removal(item);
    case 'optimal-split':
      return optimalSplit(item);
    case 'sidebet':
      return sideBet(item);
    default:
      throw new AppError('blackjack.unknown_kind', `unknown kind '${item.kind}'`);
  }
}

/** A reference file writes every rule of every game, also those that do nothing in it. */
const rulesOf = (written: unknown) => parseRules(written, { allowIdle: true });

function played({ rules, strategy, expect }: Item): Comparison[] {
  const game = prepareGame(rulesOf(rules));
  const main = analyseGame(game, { strategy: strategyClassSchema.parse(strategy) });
  const comparisons: Comparison[] = [{ where: 'ev', answer: main.ev, expected: expect.ev }];
  expect.evByUp?.forEach((expected, up) => {
    comparisons.push({ where: `evByUp ${up + 1}`, answer: main.evByUp[up], expected });
  });
  for (const [key, kind] of [
    ['evTD', 'TD'],
    ['ev2C', '2C'],
  ] as const)
    if (typeof expect[key] === 'number')
      comparisons.push({
        where: key,
        answer: analyseGame(game, { strategy: kind }).ev,
        expected: expect[key],
      });
  if (expect.hands) {
    const rows = new Map(
      main.upcards.flatMap((values) =>
        values ? handRows(game, values).map((row) => [rowKey(...row.cards, row.up), row] as const) : [],
      ),
    );
    for (const [c1, c2, up, ...cells] of expect.hands.rows) {
      const row = rows.get(rowKey(c1, c2, up));
      expect.hands.columns.slice(3).forEach((column, i) => {
        const value = row?.[column as 'stand' | 'hit' | 'double' | 'split' | 'surrender'];
        comparisons.push({
          where: `${c1},${c2} against ${up}: ${column}`,
          answer: value,
          expected: cells[i],
        });
      });
    }
  }
  if (expect.dealer) comparisons.push(...dealer({ rules, expect }));
  return comparisons;
}

const rowKey = (...cards: (number | null | undefined)[]): string => cards.join(' ');

function dealer({ rules, expect }: Pick<Item, 'rules' | 'expect'>): Comparison[] {
  const rows = dealerTable(rulesOf(rules));
  const { columns, rows: expected } = expect.dealer!;
  return expected.flatMap((cells, up) =>
    (cells ?? []).map((cell, i) => ({
      where: `dealer ${up + 1}: ${columns[i]}`,
      answer: dealerCell(rows[up], columns[i]!),
      expected: cell,
    })),
  );
}

function dealerCell(row: DealerRow | null | undefined, column: string): number | undefined {
  if (!row) return undefined;
  if (column === 'BJ') return row.natural;
  return column === 'bust' ? row.bust : row.totals[Number(column)];
}

function removal({ rules, strategy, expect }: Item): Comparison[] {
  const effects = effectsOfRemoval(rulesOf(rules), { strategy: strategyClassSchema.parse(strategy) });
  return [
    { where: 'baseEv', answer: effects.baseEv, expected: expect.baseEv },
    ...(expect.eor ?? []).map((expected, rank) => ({
      where: `eor ${rank + 1}`,
      answer: effects.eor[rank],
      expected,
    })),
  ];
}

function optimalSplit({ rules, strategy, expect, pair, up }: Item): Comparison[] {
  if (strategy !== 'optimal' || pair === undefined || up === undefined)
    throw new AppError('blackjack.bad_item', 'optimal-split needs strategy "optimal", pair and up');
  const { ev, evNoNatural } = fullMemorySplit(rulesOf(rules), pair, up);
  return [
    { where: 'evUnconditional', answer: ev, expected: expect.evUnconditional },
    { where: 'evNoDealerBJ', answer: evNoNatural, expected: expect.evNoDealerBJ },
  ];
}

function sideBet({ bet, expect }: Item): Comparison[] {
  const value = sideBetValue(sideBetSchema.parse(bet));
  return [
    { where: 'ev', answer: value.ev, expected: expect.ev },
    ...Object.entries(expect.counts ?? {}).map(([name, expected]) => ({
      where: `count of ${name}`,
      answer: value.counts[name] === undefined ? undefined : Number(value.counts[name]),
      expected,
      whole: true,
    })),
  ];
}
