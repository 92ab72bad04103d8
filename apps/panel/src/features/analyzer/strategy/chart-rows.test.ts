import { analyse, liveHand, parseRules } from '@vakhta/blackjack';
import { expect, test } from 'vitest';
import { gameAnswer } from '../jobs/game-answer.ts';
import { handRowsOf, leadOf, ranked, totalRowsOf } from './chart-rows.ts';

const rules = parseRules({ decks: 6 });

test('every two cards but a natural stand in one of the three charts, against every upcard', () => {
  const game = gameAnswer(rules, 'CDZ-');
  const rows = (['hard', 'soft', 'pairs'] as const).map((kind) => handRowsOf(game.hands, kind));
  expect(rows.map(({ length }) => length)).toEqual([36, 8, 10]);
  for (const { lines } of rows.flat()) expect(lines.every((line) => line !== undefined)).toBe(true);
  expect(game.ev).toBe(analyse(rules).ev);
});

test('the value of the game is that of its upcards, and of its first cards', () => {
  const { ev, byUp, byFirst, upChance } = gameAnswer(rules, 'CDZ-');
  const mean = (evs: readonly (number | null)[]) =>
    evs.reduce<number>((sum, one, i) => sum + one! * upChance[i]!, 0);
  expect(mean(byUp)).toBeCloseTo(ev, 14);
  expect(mean(byFirst)).toBeCloseTo(ev, 12);
});

test('a chart by total has hard 5 to 20 and soft 13 to 20', () => {
  const game = gameAnswer(rules, 'TD');
  expect(totalRowsOf(game, false).map(({ label }) => Number(label))).toEqual(
    Array.from({ length: 16 }, (_, i) => i + 5),
  );
  expect(totalRowsOf(game, true).map(({ label }) => Number(label))).toEqual(
    Array.from({ length: 8 }, (_, i) => i + 13),
  );
});

test('plays are ranked by what they are worth, and by nothing else that a hand carries', () => {
  const hand = liveHand(rules, [8, 8], 9);
  expect(ranked(hand)[0]).toEqual(['split', hand.split]);
  expect(leadOf(hand)).toBeCloseTo(hand.split! - hand.hit!, 15);
});
