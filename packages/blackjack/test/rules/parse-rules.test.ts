import { expect, test } from 'vitest';
import { BadRules, parseRules, presets } from '../../src/index.ts';

const problemsOf = (written: unknown) => {
  try {
    parseRules(written);
    return [];
  } catch (error) {
    return error instanceof BadRules ? error.problems : [error];
  }
};

test('every preset is a game without clashes', () => {
  for (const preset of Object.values(presets)) expect(problemsOf(preset)).toEqual([]);
});

test.each([
  [{ decks: 6, DSA: true, DAS: false }, 'DSA', 'DAS'],
  [{ decks: 6, holeCard: 'BBO', peekAce: true }, 'peekAce', 'holeCard'],
  [{ decks: 6, holeCard: 'OBO', peekTen: false }, 'peekAce', 'holeCard'],
  [{ infinite: true, shoe: new Array(10).fill(4) }, 'shoe', 'infinite'],
  [{ decks: 6, SAN: true }, 'SAN', 'surrender'],
  [{ decks: 6, doubleDownRescue: 'early' }, 'doubleDownRescue', 'holeCard'],
])('a clash names both rules: %j', (written, rule, other) => {
  expect(problemsOf(written)).toEqual([expect.objectContaining({ rule, with: other })]);
});

test('an unknown rule and a wrong value are named', () => {
  expect(problemsOf({ decks: 6, dealr: 'S17' })).toEqual([expect.objectContaining({ rule: 'dealr' })]);
  expect(problemsOf({ decks: 6, ties: { 17: 'win' } })).toEqual([
    expect.objectContaining({ rule: 'ties.17' }),
  ]);
});
