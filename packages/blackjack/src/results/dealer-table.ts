import { RANKS } from '../cards/hand-table.ts';
import { prepareGame } from '../play/game.ts';
import type { RuleSet } from '../rules/rule-set.ts';

/** Where the dealer ends, given the upcard; unconditional. */
export interface DealerRow {
  readonly up: number;
  /** By total: 17..21, and lower ones where the dealer's cards are limited. 21 is without naturals. */
  readonly totals: Readonly<Record<number, number>>;
  readonly natural: number;
  /** Also hands that cannot be finished because the shoe is empty. */
  readonly bust: number;
}

/** Rows by upcard - 1; null where the shoe has no such card. No player's cards are seen. */
export function dealerTable(rules: RuleSet): (DealerRow | null)[] {
  const { odds, pack } = prepareGame(rules);
  const slot = odds.slotOf(0, -1, 0);
  return Array.from({ length: RANKS }, (_, up) => {
    const column = odds.columnOf[up]!;
    if (column < 0 || pack.counts[up] === 0) return null;
    const from = slot * odds.stride + column * odds.totals - odds.lowest;
    const natural = odds.natural(slot, up);
    const totals: Record<number, number> = {};
    let made = natural;
    for (let total = odds.lowest; total <= 21; total++) {
      const chance = odds.chances[from + total]!;
      totals[total] = chance;
      made += chance;
    }
    return { up: up + 1, totals, natural, bust: 1 - made };
  });
}
