import { expect, test } from 'vitest';
import { handOf } from '../../src/cards/hand-table.ts';
import {
  type Analysis,
  analyse,
  parseRules,
  type RuleSetInput,
  ruleSetSchema,
  simulate,
} from '../../src/index.ts';
import { bonusSchema } from '../../src/rules/rule-set.ts';
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
  expect(Math.abs(played.mean - worth(off, hand, up))).toBeGreaterThan(4 * played.error);
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

test('so has every part of a rule that is a table or a list', () => {
  const parts = new Set(switches.flatMap(({ on }) => partsOf(on)));
  for (const [rule, of] of Object.entries(ruleParts))
    for (const part of of) expect([...parts], rule).toContain(`${rule}.${part}`);
});

/** Keys below a rule, as the schema has them. A bonus's name is for people. */
const ruleParts: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    Object.entries(ruleSetSchema.shape).flatMap(([rule, schema]) => {
      const below = shapeBelow(schema);
      return below ? [[rule, Object.keys(below)]] : [];
    }),
  ),
  bonuses: [...new Set(bonusSchema.options.flatMap(({ shape }) => Object.keys(shape)))].filter(
    (key) => key !== 'name',
  ),
};

function shapeBelow(schema: unknown): object | undefined {
  const { shape, def } = schema as { shape?: object; def: { innerType?: unknown } };
  return shape ?? (def.innerType ? shapeBelow(def.innerType) : undefined);
}

/** "rule.part" of what is written otherwise than by default; a list of bonuses by the keys they give. */
function partsOf(rules: RuleSetInput): string[] {
  return Object.entries(rules).flatMap(([rule, value]) => {
    if (value === null || typeof value !== 'object') return [];
    const given = rule === 'bonuses' ? (value as object[]) : [value];
    return given.flatMap((part) =>
      Object.entries(part)
        .filter(([, inner]) => !isNothing(inner))
        .map(([key]) => `${rule}.${key}`),
    );
  });
}

const isNothing = (value: unknown) => value === 0 || (Array.isArray(value) && value.length === 0);

/** Unconditional EV of the best play of two cards. */
function worth({ upcards }: Analysis, [a, b]: readonly [number, number], up: number): number {
  const { first, split } = upcards[up - 1]!;
  const best = first.best[handOf([a - 1, b - 1])]!;
  return a === b && split[a - 1]! > best ? split[a - 1]! : best;
}
