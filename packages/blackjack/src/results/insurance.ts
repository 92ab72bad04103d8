import { packOf } from '../play/game.ts';
import type { RuleSet } from '../rules/rule-set.ts';

/** EV of insurance per unit staked on it (2 to 1 on a ten under an ace), the ace and these cards (1..10) gone. */
export function insuranceEv(rules: RuleSet, cards: readonly number[] = []): number {
  const pack = packOf(rules);
  if (pack.infinite) return 3 * pack.counts[9]! - 1;
  const tens = pack.counts[9]! - cards.filter((card) => card === 10).length;
  return (3 * tens) / (pack.size - 1 - cards.length) - 1;
}
