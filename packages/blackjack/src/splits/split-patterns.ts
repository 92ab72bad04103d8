/**
 * The ways a split can end, for hands H at most. Every way has the same chance whatever its order, so ways are counted.
 * Splitting ends early with h < H hands when h second cards were no pair; it reaches H hands with k of them already
 * completed by other cards, and the rest take any second card.
 *
 * A pattern asks for `hands` times the mean of one hand that is dealt a second card of the given kind, in the state in
 * which `pairs` further cards of the pair's rank and `others` cards of other ranks are known to be gone.
 */
export interface SplitPattern {
  readonly kind: 'any' | 'other';
  readonly pairs: number;
  readonly others: number;
  readonly weight: number;
}

/** The same few for every pair, so they are listed once. */
export function splitPatterns(maxHands: number): readonly SplitPattern[] {
  listed[maxHands] ??= listPatterns(maxHands);
  return listed[maxHands];
}

const listed: (readonly SplitPattern[])[] = [];

function listPatterns(maxHands: number): SplitPattern[] {
  const patterns: SplitPattern[] = [];
  for (const { hands, orders } of earlyEnds(maxHands))
    patterns.push({ kind: 'other', pairs: hands - 2, others: hands - 1, weight: orders * hands });
  for (const { completed, orders } of fullEnds(maxHands)) {
    const pairs = maxHands - 2;
    if (completed > 0)
      patterns.push({ kind: 'other', pairs, others: completed - 1, weight: orders * completed });
    patterns.push({ kind: 'any', pairs, others: completed, weight: orders * (maxHands - completed) });
  }
  return patterns;
}

/** h hands, h < H, with h - 2 further pair cards and h others: Catalan(h - 1) orders. */
export function earlyEnds(maxHands: number): { hands: number; orders: number }[] {
  return Array.from({ length: Math.max(0, maxHands - 2) }, (_, i) => ({
    hands: i + 2,
    orders: binomial(2 * (i + 1), i + 1) / (i + 2),
  }));
}

/** H hands, `completed` of them by other cards before the last pair card came. */
export function fullEnds(maxHands: number): { completed: number; orders: number }[] {
  return Array.from({ length: Math.max(1, maxHands - 1) }, (_, completed) => ({
    completed,
    orders: (1 - completed / (maxHands - 1)) * binomial(maxHands + completed - 2, completed),
  }));
}

function binomial(n: number, k: number): number {
  let result = 1;
  for (let i = 1; i <= k; i++) result = (result * (n - k + i)) / i;
  return Math.round(result);
}

/** How many further pair cards may be gone in any state the patterns ask for. */
export const deepestState = (maxHands: number): number =>
  Math.max(...splitPatterns(maxHands).map(({ pairs, others }) => pairs + others));
