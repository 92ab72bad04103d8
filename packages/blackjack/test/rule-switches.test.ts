import { describe, expect, test } from 'vitest';
import { handOf } from '../src/cards/hand-table.ts';
import { type Analysis, analyse, parseRules, type RuleSetInput, simulate } from '../src/index.ts';

interface Switch {
  readonly name: string;
  readonly hand: readonly [number, number];
  readonly up: number;
  /** The game without the switch, and what the switch changes. */
  readonly game?: RuleSetInput;
  readonly on: RuleSetInput;
}

const ROUNDS = 100_000;
const fewCards = { shoe: [6, 0, 0, 4, 0, 0, 8, 8, 0, 14] };

/** Hands where the switch is worth much, so that few rounds show it. */
const switches: readonly Switch[] = [
  {
    name: 'H17',
    hand: [10, 7],
    up: 6,
    game: { shoe: [12, 0, 0, 0, 8, 12, 8, 0, 0, 8] },
    on: { dealer: 'H17' },
  },
  { name: 'blackjackPays', hand: [1, 10], up: 5, on: { blackjackPays: 1.2 } },
  { name: 'ENHC', hand: [8, 8], up: 1, game: fewCards, on: { holeCard: 'ENHC' } },
  { name: 'BBO', hand: [7, 7], up: 10, game: { ...fewCards, holeCard: 'ENHC' }, on: { holeCard: 'BBO' } },
  { name: 'OBBO', hand: [8, 8], up: 1, game: { ...fewCards, holeCard: 'ENHC' }, on: { holeCard: 'OBBO' } },
  {
    name: 'AOBBO',
    hand: [4, 7],
    up: 10,
    game: { shoe: [14, 0, 0, 4, 0, 0, 8, 8, 0, 20], holeCard: 'ENHC' },
    on: { holeCard: 'AOBBO' },
  },
  {
    name: 'peekAce',
    hand: [5, 6],
    up: 1,
    game: { shoe: [8, 0, 0, 0, 4, 4, 0, 0, 4, 24], holeCard: 'ENHC' },
    on: { peekAce: true },
  },
  {
    name: 'D9',
    hand: [4, 4],
    up: 5,
    game: { SPL: 0, shoe: [20, 0, 4, 4, 8, 4, 0, 0, 0, 20] },
    on: { double: 'D9' },
  },
  { name: 'D10', hand: [4, 5], up: 6, on: { double: 'D10' } },
  {
    name: 'double table',
    hand: [5, 6],
    up: 6,
    on: { double: 'table', doubleTable: { hard2: [10], hardMore: [], soft2: [], softMore: [] } },
  },
  { name: 'doubleSoft', hand: [1, 7], up: 6, on: { doubleSoft: false } },
  { name: 'DAN', hand: [2, 3], up: 6, game: { shoe: [0, 4, 4, 0, 12, 12, 0, 0, 0, 20] }, on: { DAN: true } },
  { name: 'DAS', hand: [3, 3], up: 5, game: { shoe: [0, 0, 8, 0, 8, 8, 8, 8, 0, 12] }, on: { DAS: false } },
  { name: 'DSA', hand: [1, 1], up: 6, on: { DSA: true } },
  {
    name: 'soft counts hard',
    hand: [1, 8],
    up: 5,
    game: { shoe: [4, 0, 0, 0, 4, 4, 0, 4, 0, 24] },
    on: { doubledSoftCountsHard: true, dealer: 'S17' },
  },
  {
    name: 'redoubles',
    hand: [5, 6],
    up: 6,
    game: { shoe: [12, 12, 0, 0, 4, 12, 0, 0, 0, 20] },
    on: { redoubles: 2 },
  },
  {
    name: 'rescue late',
    hand: [5, 6],
    up: 10,
    game: { shoe: [0, 8, 8, 8, 4, 8, 0, 0, 0, 16] },
    on: { doubleDownRescue: 'late' },
  },
  { name: 'SPL0', hand: [8, 8], up: 6, on: { SPL: 0 } },
  { name: 'SPL1', hand: [8, 8], up: 6, game: { shoe: [0, 4, 4, 0, 0, 4, 0, 20, 0, 12] }, on: { SPL: 1 } },
  { name: 'SMA', hand: [1, 1], up: 6, game: { shoe: [16, 0, 0, 0, 4, 8, 0, 0, 0, 16] }, on: { SMA: true } },
  { name: 'HSA', hand: [1, 1], up: 7, game: { shoe: [6, 8, 8, 8, 8, 8, 4, 0, 0, 8] }, on: { HSA: true } },
  {
    name: 'splitAllowed',
    hand: [8, 8],
    up: 6,
    on: { splitAllowed: [true, true, true, true, true, true, true, false, true, true] },
  },
  { name: 'natural after split aces', hand: [1, 1], up: 6, on: { bjAfterSplitAces: true } },
  {
    name: 'natural after split tens',
    hand: [10, 10],
    up: 6,
    game: { shoe: [20, 0, 0, 0, 0, 8, 0, 0, 0, 24] },
    on: { bjAfterSplitTens: true },
  },
  { name: 'LS', hand: [10, 6], up: 9, on: { surrender: 'LS', surrenderPays: -0.4 } },
  { name: 'ES', hand: [10, 6], up: 1, game: { surrender: 'LS' }, on: { surrender: 'ES' } },
  { name: 'ES10', hand: [10, 6], up: 10, game: { surrender: 'LS' }, on: { surrender: 'ES10' } },
  {
    name: 'surrender table',
    hand: [10, 6],
    up: 1,
    on: { surrender: 'table', surrenderTable: ['early', ...new Array(9).fill('none')] },
  },
  { name: 'surrenderPays', hand: [10, 6], up: 10, game: { surrender: 'LS' }, on: { surrenderPays: -0.3 } },
  {
    name: 'SAN',
    hand: [2, 3],
    up: 10,
    game: { surrender: 'LS', shoe: [0, 4, 4, 0, 0, 0, 4, 0, 0, 24] },
    on: { SAN: true },
  },
  {
    name: 'SAS',
    hand: [8, 8],
    up: 9,
    game: { surrender: 'LS', surrenderPays: -0.2, shoe: [0, 0, 0, 0, 0, 0, 8, 8, 12, 8] },
    on: { SAS: true },
  },
  {
    name: 'player 21 wins',
    hand: [5, 6],
    up: 10,
    game: { shoe: [8, 0, 0, 0, 4, 4, 0, 0, 0, 24] },
    on: { player21AlwaysWins: true },
  },
  { name: 'ties 18', hand: [10, 8], up: 8, on: { ties: { 18: -1 } } },
  { name: 'tie of naturals', hand: [1, 10], up: 10, on: { ties: { BJ: 1.5 } } },
  {
    name: 'bonus by number of cards',
    hand: [2, 2],
    up: 10,
    game: { shoe: [8, 16, 8, 0, 0, 0, 0, 0, 0, 12] },
    on: { bonuses: [{ match: 'total+ncards', ncards: 5, total: 'any', orMore: true, pays: 2 }] },
  },
  {
    name: 'bonus by composition',
    hand: [7, 7],
    up: 10,
    game: { shoe: [0, 0, 0, 0, 4, 4, 12, 4, 4, 8] },
    on: { bonuses: [{ match: 'composition', cards: [7, 7, 7], pays: 3 }] },
  },
  { name: 'maxPlayerCards', hand: [2, 3], up: 10, on: { maxPlayerCards: 2 } },
  { name: 'maxDealerCards', hand: [10, 9], up: 4, on: { maxDealerCards: 2 } },
  {
    name: 'five-card surrender',
    hand: [2, 2],
    up: 10,
    game: { SPL: 0, shoe: [8, 16, 8, 0, 0, 0, 0, 0, 0, 16] },
    on: { fiveCardSurrender: { twoToTen: true, ace: false }, surrenderPays: 0.5 },
  },
  {
    name: 'infinite',
    hand: [10, 6],
    up: 6,
    game: { shoe: [4, 4, 4, 4, 4, 4, 4, 4, 4, 2] },
    on: { shoe: null, infinite: true },
  },
];

describe('every rule acts, and the witness sees the same', () => {
  test.each(switches)('$name', ({ hand, up, game = {}, on }) => {
    const without = { decks: 1, ...game };
    const off = analyse(parseRules(without), { upcards: [up] });
    const acting = analyse(parseRules({ ...without, ...on }), { upcards: [up] });
    const played = simulate(acting, { rounds: ROUNDS, seed: 7, hand, up });
    const exact = worth(acting, hand, up);
    expect(Math.abs(played.mean - exact)).toBeLessThanOrEqual(4 * played.error + 1e-12);
    // The same rounds could not be explained by the game without the switch.
    expect(Math.abs(exact - worth(off, hand, up))).toBeGreaterThanOrEqual(10 * played.error);
  });
});

/** Unconditional EV of the best play of two cards. */
function worth({ upcards }: Analysis, [a, b]: readonly [number, number], up: number): number {
  const { first, split } = upcards[up - 1]!;
  const best = first.best[handOf([a - 1, b - 1])]!;
  return a === b && split[a - 1]! > best ? split[a - 1]! : best;
}
