import { parseRules } from '@vakhta/blackjack';
import { expect, test } from 'vitest';
import { emptyTable } from '../analyzer-state.ts';
import { less, rulesForHand, totalOf, withCardsAt } from './table-cards.ts';

const rules = parseRules({ decks: 1 });

test('a hand is played from a shoe without the cards of others, and with its own and the dealer’s', () => {
  const table = {
    ...emptyTable,
    hands: [
      [10, 6],
      [5, 5],
    ],
    dealer: [9, 2],
    others: [1],
  };
  expect(rulesForHand(rules, table, 0).shoe).toEqual(less(rules.shoe!, [5, 5, 1]));
  expect(rulesForHand(rules, table, 1).shoe).toEqual(less(rules.shoe!, [10, 6, 1]));
});

test('an infinite shoe loses nothing', () => {
  const infinite = parseRules({ infinite: true });
  expect(rulesForHand(infinite, { ...emptyTable, others: [1, 2] }, 0)).toBe(infinite);
});

test('an ace counts 11 while it can', () => {
  expect([[1], [1, 10], [1, 1, 9], [1, 10, 10], [10, 6, 6]].map(totalOf)).toEqual([11, 21, 21, 21, 22]);
});

test('cards lie where they were dealt', () => {
  const table = withCardsAt(withCardsAt(emptyTable, 0, [8]), 'dealer', [9]);
  expect(table).toMatchObject({ hands: [[8]], dealer: [9], others: [] });
});
