import { z } from 'zod';

/** What must hold of all cards the bet looks at. */
const conditions = z.strictObject({
  sameRank: z.literal(true).optional(),
  sameSuit: z.literal(true).optional(),
  sameColour: z.literal(true).optional(),
  /** Different ranks in sequence; the ace low or high, no wrap. */
  consecutiveRanks: z.literal(true).optional(),
  /** Exactly these ranks, in any order. */
  rankSet: z.array(z.string()).optional(),
  /** Every card's rank is one of these. */
  rankIn: z.array(z.string()).optional(),
  /** Sum of values; ace 1, court cards 10. */
  sumMin: z.number().optional(),
  sumMax: z.number().optional(),
});
export type Conditions = z.infer<typeof conditions>;

/** A bet on the first cards by declaration: events in order, the first that holds pays; none: `lose`. */
export const sideBetSchema = z.strictObject({
  deck: z.strictObject({
    decks: z.int().min(1).max(500),
    ranks: z.array(z.string().min(1)).min(1),
    /** c and s are black, d and h red. */
    suits: z.array(z.enum(['c', 'd', 'h', 's'])).min(1),
    copiesOfEachCard: z.int().min(1).max(500),
    /** Ranks already out of the shoe; with a suit ("Ah") where suits matter. */
    removed: z.array(z.string().min(1)).default([]),
  }),
  lose: z.number().default(-1),
  cards: z.strictObject({
    player: z.int().min(0).max(4),
    dealerUp: z.int().min(0).max(1),
    dealerHole: z.int().min(0).max(1),
  }),
  events: z.array(z.strictObject({ name: z.string(), pays: z.number(), when: conditions })).min(1),
});
export type SideBet = z.infer<typeof sideBetSchema>;
