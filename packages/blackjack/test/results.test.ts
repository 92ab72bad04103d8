import { describe, expect, test } from 'vitest';
import {
  analyse,
  effectsOfRemoval,
  exceptions,
  indexNumber,
  insuranceEv,
  insuranceIndex,
  liveHand,
  nextRound,
  outcomes,
  type Play,
  parseRules,
  prepareGame,
  type RuleSetInput,
  simulate,
  splitExceptions,
  splitTable,
  withoutCards,
} from '../src/index.ts';

const singleDeck = parseRules({ decks: 1 });
const sixDecks = parseRules({ decks: 6 });

describe('how a round can end', () => {
  const games: RuleSetInput[] = [
    { decks: 1, SPL: 0 },
    { decks: 6, SPL: 0, holeCard: 'ENHC', surrender: 'ES', DAN: true },
    { decks: 2, SPL: 0, redoubles: 2, doubleDownRescue: 'late', player21AlwaysWins: true },
    { infinite: true, SPL: 0, surrender: 'LS', ties: { 18: -1 } },
    { decks: 6, SPL: 0, holeCard: 'BBO', doubledSoftCountsHard: true, doubleDownRescue: 'early' },
  ];
  test.each(games)('is exact without splits, and has the EV as its mean: %j', (game) => {
    const analysis = analyse(parseRules(game));
    const told = outcomes(analysis, { rounds: 1, seed: 1 });
    expect(told).toMatchObject({ kind: 'exact', error: 0 });
    expect(told.mean).toBeCloseTo(analysis.ev, 12);
    expect(told.outcomes.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
  });

  test('is as the witness plays it', () => {
    const analysis = analyse(parseRules({ decks: 1, SPL: 0, surrender: 'LS' }));
    const told = outcomes(analysis, { rounds: 1, seed: 1 });
    const rounds = 100_000;
    for (const { result, share } of simulate(analysis, { rounds, seed: 5 }).outcomes) {
      const expected = told.outcomes.find((outcome) => outcome.result === result)!.share;
      expect(Math.abs(share - expected)).toBeLessThan(4.5 * Math.sqrt((expected * (1 - expected)) / rounds));
    }
  });

  test('is played with splits, and says with what error', () => {
    const told = outcomes(analyse(singleDeck), { rounds: 20_000, seed: 1 });
    expect(told.kind).toBe('played');
    expect(told.error).toBeCloseTo(told.deviation / Math.sqrt(20_000), 12);
  });
});

/** Published for six decks, S17, the dealer's plays by Hi-Lo; rounded to whole counts there. */
const hiLo = [-1, 1, 1, 1, 1, 1, 0, 0, 0, -1];
test.each<[number[], number, [Play, Play], number]>([
  [[6, 10], 10, ['hit', 'stand'], 0],
  [[5, 10], 10, ['hit', 'stand'], 4],
  [[2, 10], 3, ['hit', 'stand'], 2],
  [[2, 10], 2, ['hit', 'stand'], 3],
  [[10, 10], 5, ['stand', 'split'], 5],
  [[2, 9], 1, ['hit', 'double'], 1],
  [[3, 10], 2, ['hit', 'stand'], -1],
])('index of %j against %i, %j: near %i', (cards, up, plays, published) => {
  const index = indexNumber(sixDecks, { cards, up, plays, tags: hiLo })!;
  expect(Math.abs(index - published)).toBeLessThan(1);
});

test('insurance wins from three up, and never where nothing speaks for a ten', () => {
  expect(insuranceIndex(sixDecks, hiLo)).toBeCloseTo(3.2, 1);
  expect(insuranceEv(sixDecks)).toBeCloseTo((3 * 96) / 311 - 1, 12);
  expect(indexNumber(sixDecks, { cards: [10, 10], up: 6, plays: ['stand', 'hit'], tags: hiLo })).toBeNull();
});

test('more splits are worth more, and the last is the value of the hand', () => {
  const game = prepareGame(singleDeck, [5]);
  const { bySplits, states } = splitTable(game, 8, 6);
  expect(bySplits).toHaveLength(3);
  expect([...bySplits].sort((a, b) => a - b)).toEqual(bySplits);
  expect(bySplits.at(-1)).toBeCloseTo(analyse(singleDeck).upcards[5]!.split[7]!, 13);
  expect(states[0]).toMatchObject({ pairsGone: 0, othersGone: 0, chance: 1 });
  expect(() => splitTable(game, 8, 9)).toThrow();
});

test('a chart by total gives way on known hands', () => {
  const game = prepareGame(singleDeck);
  const found = exceptions(game, 'TD');
  // Ten and two against a four is the classic: two of the cards that would help are gone.
  expect(found).toContainEqual(
    expect.objectContaining({ cards: [2, 10], up: 4, chart: 'stand', better: 'hit' }),
  );
  expect(found.every(({ cost }) => cost >= 0)).toBe(true);
  expect(splitExceptions(game).every(({ pair, cards }) => cards.includes(pair))).toBe(true);
});

test('a player bound to mimic the dealer loses what is known of him', () => {
  const ranks = Array.from({ length: 10 }, (_, i) => i + 1);
  const mimic = analyse(sixDecks, {
    forced: [
      ...Array.from({ length: 18 }, (_, i) => ({
        total: i + 4,
        play: i + 4 < 17 ? ('hit' as const) : ('stand' as const),
      })),
      ...ranks.map((rank) => ({
        cards: [rank, rank],
        play: 2 * rank < 17 ? ('hit' as const) : ('stand' as const),
      })),
    ],
  });
  expect(mimic.ev).toBeCloseTo(-0.0568, 4);
  const played = simulate(mimic, { rounds: 100_000, seed: 4 });
  expect(Math.abs(played.mean - mimic.ev)).toBeLessThan(4 * played.error);
  expect(() => analyse(sixDecks, { strategy: 'TD', forced: [{ total: 16, play: 'stand' }] })).toThrow();
});

test('what a removed card does is what the shoe without it is worth', () => {
  const { baseEv, eor } = effectsOfRemoval(singleDeck);
  expect(baseEv + eor[4]!).toBeCloseTo(analyse(withoutCards(singleDeck, [5])).ev, 14);
  expect(eor[4]).toBeGreaterThan(0.006);
});

test('a live hand is valued by its shoe, the next round by what is left of it', () => {
  const live = liveHand(singleDeck, [10, 6], 10);
  expect(live.best).toBe('hit');
  const rows = analyse(singleDeck).upcards[9]!;
  expect(live.split).toBeNull();
  expect(rows.first.at.up).toBe(9);
  expect(nextRound(singleDeck, { gone: [5] }).ev).toBeCloseTo(analyse(withoutCards(singleDeck, [5])).ev, 14);
  const spent = { ...singleDeck, shoe: [1, 1, 1, 1, 1, 1, 1, 1, 1, 4], decks: null };
  expect(() => nextRound(spent)).toThrow(/too few/);
});

test.each(['TD', '2C', 'CDZ-', 'CDP1'] as const)('the witness wins what %s is worth', (strategy) => {
  const analysis = analyse(singleDeck, { strategy });
  const played = simulate(analysis, { rounds: 60_000, seed: 9 });
  expect(Math.abs(played.mean - analysis.ev)).toBeLessThan(4 * played.error);
});
