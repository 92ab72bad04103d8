import { z } from 'zod';

const perTie = z.number().min(-1).max(10).default(0);

const bonusBase = {
  name: z.string().optional(),
  /** Payoff to 1. Where `suits` are given, of hands of mixed suits. */
  pays: z.number(),
  /** Payoff when all cards are of one suit (default `pays`), and when that suit is spades (default `paysSuited`). */
  paysSuited: z.number().optional(),
  paysSpades: z.number().optional(),
  /** When the dealer turns out to have a natural: only where he does not peek. −1: the hand loses. */
  payVsDealerBJ: z.number().default(-1),
  /** Paid instead of 1, and only if the hand wins; without it the hand is settled at once. */
  mustWin: z.boolean().default(false),
  preSplit: z.boolean().default(true),
  postSplit: z.boolean().default(false),
};

/** Automatic payoffs; a later one overrides an earlier. Never paid to a natural or after a double. */
export const bonusSchema = z.discriminatedUnion('match', [
  z.strictObject({
    match: z.literal('total+ncards'),
    ncards: z.int().min(2).max(21),
    total: z.union([z.int().min(4).max(21), z.literal('any')]),
    orMore: z.boolean().default(false),
    ...bonusBase,
  }),
  z.strictObject({
    match: z.literal('composition'),
    /** Ranks 1..10: the exact hand. */
    cards: z.array(z.int().min(1).max(10)).min(2).max(21),
    ...bonusBase,
  }),
]);
export type Bonus = z.infer<typeof bonusSchema>;

const totals = z.array(z.int().min(4).max(21));

/** One game, as it is written in files; every key has a default: one deck, S17, DOA, DAS, SPL3, peek, no surrender. */
export const ruleSetSchema = z.strictObject({
  /** Cards of rank 1..10 before the upcard is dealt. null: `decks` full decks, or the infinite shoe. */
  shoe: z.array(z.int().min(0).max(8000)).length(10).nullable().default(null),
  decks: z.int().min(1).max(500).nullable().default(null),
  infinite: z.boolean().default(false),
  /** Decks without ten-spots: 48 cards. */
  spanish: z.boolean().default(false),
  dealer: z.enum(['S17', 'H17']).default('S17'),
  blackjackPays: z.number().min(0).max(100).default(1.5),
  /** What a dealer's natural takes: see the README. */
  holeCard: z.enum(['OBO', 'ENHC', 'BBO', 'OBBO', 'AOBBO']).default('OBO'),
  /** The dealer looks for a natural under an ace, a ten. Default: both for OBO, none for the rest. */
  peekAce: z.boolean().optional(),
  peekTen: z.boolean().optional(),
  double: z.enum(['DOA', 'D9', 'D10', 'table']).default('DOA'),
  /** With double "table": totals that may be doubled, hard and soft, with two cards and with more. */
  doubleTable: z
    .strictObject({ hard2: totals, hardMore: totals, soft2: totals, softMore: totals })
    .nullable()
    .default(null),
  doubleSoft: z.boolean().default(true),
  DAN: z.boolean().default(false),
  DAS: z.boolean().default(true),
  DSA: z.boolean().default(false),
  doubledSoftCountsHard: z.boolean().default(false),
  doubledSoft19Hard9: z.boolean().default(false),
  redoubles: z.int().min(0).max(10).default(0),
  redoubleAfterSplit: z.boolean().default(false),
  doubleDownRescue: z.enum(['none', 'late', 'early']).default('none'),
  rescueAfterSplit: z.boolean().default(false),
  /** Maximum number of splits; hands = SPL + 1. */
  SPL: z.int().min(0).max(3).default(3),
  SMA: z.boolean().default(false),
  HSA: z.boolean().default(false),
  /** Which pairs may be split, rank 1..10. */
  splitAllowed: z.array(z.boolean()).length(10).default(new Array<boolean>(10).fill(true)),
  bjAfterSplitAces: z.boolean().default(false),
  bjAfterSplitTens: z.boolean().default(false),
  surrender: z.enum(['NS', 'LS', 'ES', 'ES10', 'table']).default('NS'),
  /** With surrender "table": for each upcard 1..10. */
  surrenderTable: z
    .array(z.enum(['none', 'late', 'early']))
    .length(10)
    .nullable()
    .default(null),
  surrenderPays: z.number().min(-1).max(1).default(-0.5),
  SAN: z.boolean().default(false),
  SAS: z.boolean().default(false),
  SSA: z.boolean().default(false),
  /** Hands of exactly five cards may be surrendered against 2..10, against an ace. */
  fiveCardSurrender: z
    .strictObject({ twoToTen: z.boolean().default(false), ace: z.boolean().default(false) })
    .default({ twoToTen: false, ace: false }),
  player21AlwaysWins: z.boolean().default(false),
  ties: z
    .strictObject({ 17: perTie, 18: perTie, 19: perTie, 20: perTie, 21: perTie, BJ: perTie })
    .default({ 17: 0, 18: 0, 19: 0, 20: 0, 21: 0, BJ: 0 }),
  bonuses: z.array(bonusSchema).default([]),
  /** A hand of so many cards must stand; the dealer stops at so many. */
  maxPlayerCards: z.int().min(2).max(21).nullable().default(null),
  maxDealerCards: z.int().min(2).max(21).nullable().default(null),
  /** Always false: insurance is a bet of its own (`insurance`). */
  insurance: z.literal(false).default(false),
});

/** As written: what has a default may be left out. */
export type RuleSetInput = z.input<typeof ruleSetSchema>;
/** Complete and free of clashes: made by `parseRules` alone. */
export type RuleSet = z.output<typeof ruleSetSchema> & {
  readonly peekAce: boolean;
  readonly peekTen: boolean;
};
