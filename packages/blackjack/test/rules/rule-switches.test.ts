import { expect, test } from 'vitest';
import { handOf } from '../../src/cards/hand-table.ts';
import { type Analysis, analyse, parseRules, ruleSetSchema, simulate } from '../../src/index.ts';
import { switches } from './switches.ts';

const ROUNDS = 60_000;

test.each(switches)('$name acts, and the witness sees the same', ({ hand, up, game = {}, on }) => {
  const without = game.shoe || game.decks ? game : { decks: 1, ...game };
  const off = analyse(parseRules(without), { upcards: [up] });
  const acting = analyse(parseRules({ ...without, ...on }), { upcards: [up] });
  const played = simulate(acting, { rounds: ROUNDS, seed: 7, hand, up });
  const exact = worth(acting, hand, up);
  expect(Math.abs(played.mean - exact)).toBeLessThanOrEqual(4 * played.error + 1e-12);
  // The same rounds could not be explained by the game without the switch.
  const effect = Math.abs(exact - worth(off, hand, up));
  expect(effect).toBeGreaterThanOrEqual(10 * played.error);
  expect(effect).toBeGreaterThan(0.005);
});

test('every rule has a switch, and every choice of a rule', () => {
  const written = switches.flatMap(({ game = {}, on }) => [game, on]);
  for (const [rule, schema] of Object.entries(ruleSetSchema.shape)) {
    // Insurance is a bet of its own, so the rule has one value.
    if (rule === 'insurance') continue;
    expect(
      switches.some(({ on }) => rule in on),
      rule,
    ).toBe(true);
    const { innerType } = schema.def as { innerType?: { options?: unknown } };
    const choices = Array.isArray(innerType?.options) ? innerType.options : [];
    const defaults = ruleSetSchema.parse({ decks: 1 })[rule as keyof typeof ruleSetSchema.shape];
    for (const choice of choices)
      if (choice !== defaults)
        expect(
          written.some((rules) => rules[rule as keyof typeof rules] === choice),
          `${rule} ${String(choice)}`,
        ).toBe(true);
  }
});

/** Unconditional EV of the best play of two cards. */
function worth({ upcards }: Analysis, [a, b]: readonly [number, number], up: number): number {
  const { first, split } = upcards[up - 1]!;
  const best = first.best[handOf([a - 1, b - 1])]!;
  return a === b && split[a - 1]! > best ? split[a - 1]! : best;
}
