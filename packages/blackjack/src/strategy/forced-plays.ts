import { z } from 'zod';
import { handOf, hands } from '../cards/hand-table.ts';
import type { Play } from '../play/first-hand-values.ts';

/**
 * What the player is bound to do with some hands; everything else is optimised beside it. Hands match by their exact
 * cards, or by total, softness and number of cards. A later entry overrides an earlier one; a play that the rules do not
 * allow falls to `otherwise`. A pair is forced to split, or not to, by its exact cards alone.
 */
export const forcedPlaySchema = z.strictObject({
  /** Ranks 1..10: the exact hand. */
  cards: z.array(z.int().min(1).max(10)).min(2).max(21).optional(),
  total: z.int().min(4).max(21).optional(),
  soft: z.boolean().optional(),
  ncards: z.int().min(2).max(21).optional(),
  /** `ncards` or more. */
  orMore: z.boolean().default(false),
  /** Upcard 1..10; left out: all. */
  up: z.int().min(1).max(10).optional(),
  play: z.enum(['stand', 'hit', 'double', 'split', 'surrender']),
  otherwise: z.enum(['stand', 'hit']).default('hit'),
});
export type ForcedPlay = z.infer<typeof forcedPlaySchema>;
export type ForcedPlayInput = z.input<typeof forcedPlaySchema>;

/** What one hand is bound to against one upcard; `exact` when its very cards were named. */
export interface Bound {
  readonly play: Play;
  readonly otherwise: 'stand' | 'hit';
  readonly exact: boolean;
}

/** @param up rank 0..9 */
export type Binding = (hand: number, up: number) => Bound | undefined;

export function bindingOf(forced: readonly ForcedPlayInput[]): Binding | undefined {
  if (forced.length === 0) return undefined;
  const entries = forced.map((entry) => forcedPlaySchema.parse(entry));
  return (hand, up) => {
    const entry = entries.findLast((one) => (one.up ?? up + 1) === up + 1 && matches(one, hand));
    return entry && { play: entry.play, otherwise: entry.otherwise, exact: entry.cards !== undefined };
  };
}

function matches({ cards, total, soft, ncards, orMore }: ForcedPlay, hand: number): boolean {
  if (cards !== undefined && handOf(cards.map((card) => card - 1)) !== hand) return false;
  if (total !== undefined && hands.total[hand] !== total) return false;
  if (soft !== undefined && (hands.soft[hand] === 1) !== soft) return false;
  const held = hands.cards[hand]!;
  return ncards === undefined || (orMore ? held >= ncards : held === ncards);
}
