import { expect, test } from 'vitest';
import { emptyTable, readState, writeState } from './analyzer-state.ts';

const shared = {
  ...readState(''),
  tab: 'realtime' as const,
  strategy: 'CDP' as const,
  rules: { decks: 8, holeCard: 'ENHC' as const, ties: { 17: -1 } },
  other: { infinite: true },
  table: { ...emptyTable, hands: [[10, 6], [1]], dealer: [9], others: [5, 5] },
};

test('a link holds everything, and what is written is read back', () => {
  expect(readState(writeState(shared))).toEqual(shared);
});

test('of a link that was tampered with, what still reads as rules stays', () => {
  const rules = JSON.stringify({ decks: 2, dealer: 'S18', cheat: true });
  expect(readState(`#tab=nowhere&rules=${encodeURIComponent(rules)}&table={"hands":"all"}`)).toEqual({
    ...readState(''),
    rules: { decks: 2 },
  });
  expect(readState('#rules=%7B').rules).toEqual(readState('').rules);
});
