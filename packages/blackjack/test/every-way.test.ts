import { integerBetween, pick, type Random, seededRandom } from '@vakhta/kernel';
import { expect, test } from 'vitest';
import { handOf } from '../src/cards/hand-table.ts';
import { type Analysis, analyse, parseRules } from '../src/index.ts';
import { anyRules, everyWay } from './every-way.ts';

const GAMES = 80;
const MOST_WAYS = 30_000;

/** Other seeds: EVERY_WAY_SEED=1000 npx vitest run packages/blackjack/test/every-way.test.ts */
const FIRST_SEED = Number(process.env.EVERY_WAY_SEED ?? 1);

test('any mixture of rules is worth what the witness wins over every order of cards', () => {
  let dealt = 0;
  for (let seed = FIRST_SEED; seed < FIRST_SEED + GAMES; seed++) {
    const random = seededRandom(seed);
    const ranks = fewRanks(random);
    const shoe = new Array<number>(10).fill(0);
    for (const rank of ranks) shoe[rank - 1] = integerBetween(random, 3, 6);
    shoe[ranks[0]! - 1]! += Math.max(0, 18 - shoe.reduce((sum, count) => sum + count, 0));
    const dice = { pick: <T>(of: readonly T[]) => pick(random, of), yes: (p: number) => random.float() < p };
    const rules = parseRules(anyRules(dice, shoe, ranks), { allowIdle: true });
    const up = pick(random, ranks);
    const card = pick(random, ranks);
    const hand = [card, random.float() < 0.75 ? card : pick(random, ranks)].sort((a, b) => a - b);
    const analysis = analyse(rules, { upcards: [up] });
    const played = everyWay(analysis, hand as [number, number], up, MOST_WAYS);
    if (played === undefined) continue;
    dealt++;
    expect(played, `seed ${seed}`).toBeCloseTo(worth(analysis, hand as [number, number], up), 11);
  }
  expect(dealt).toBeGreaterThan(GAMES / 2);
}, 60_000);

function fewRanks(random: Random): number[] {
  const first = pick(random, [1, 10]);
  return [...new Set([first, ...Array.from({ length: 3 }, () => integerBetween(random, 1, 10))])];
}

function worth({ upcards }: Analysis, [a, b]: readonly [number, number], up: number): number {
  const { first, split, splits } = upcards[up - 1]!;
  return a === b && splits[a - 1] ? split[a - 1]! : first.best[handOf([a - 1, b - 1])]!;
}
