import { answer, type Comparison } from './answers.ts';
import { itemSchema } from './item.ts';

export interface Verdict {
  readonly id: string;
  readonly kind: string;
  readonly passed: boolean;
  /** false: an estimate stands there, so it is shown but not scored. */
  readonly scored: boolean;
  /** Largest |answer - expected|. */
  readonly worst: number;
  readonly tol: number;
  readonly why?: string;
}

/** Scores one item. What cannot be read or computed has failed, and says why. */
export function score(written: unknown): Verdict {
  const parsed = itemSchema.safeParse(written);
  if (!parsed.success)
    return { id: '?', kind: '?', passed: false, scored: true, worst: Number.NaN, tol: 0, why: 'not an item' };
  const item = parsed.data;
  const head = { id: item.id, kind: item.kind, tol: item.tol, scored: item.exact };
  try {
    const compared = answer(item).filter(({ expected }) => typeof expected === 'number');
    if (compared.length === 0)
      return { ...head, passed: false, worst: Number.NaN, why: 'nothing to compare' };
    const worst = compared.reduce((a, b) => (errorOf(b) > errorOf(a) ? b : a));
    const passed = compared.every((one) => errorOf(one) <= (one.whole ? 0 : item.tol));
    const why = `${worst.where}: ${worst.answer}, expected ${worst.expected}`;
    return { ...head, passed, worst: errorOf(worst), ...(!passed && { why }) };
  } catch (error) {
    return {
      ...head,
      passed: false,
      worst: Number.NaN,
      why: error instanceof Error ? error.message : String(error),
    };
  }
}

function errorOf({ answer: value, expected }: Comparison): number {
  if (typeof value !== 'number' || Number.isNaN(value)) return Number.POSITIVE_INFINITY;
  return Math.abs(value - expected!);
}
