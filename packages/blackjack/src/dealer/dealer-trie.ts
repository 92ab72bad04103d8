import { RANKS } from '../cards/hand-table.ts';
import type { FinalHand } from './final-hands.ts';

/** A rank is drawn at most 21 times (aces), so a falling factorial of a rank has its place at `rank * FALL + times`. */
export const FALL = 22;

/** The lowest total a dealer can stop at: below 17 only where his cards are limited. */
export const LOWEST_TOTAL = 4;

/**
 * The final hands as a trie in rank order, flattened so that one forward loop gives every product of falling factorials
 * with one multiplication a node, and a second adds `orders × probability` to each (upcard, total).
 */
export interface DealerTrie {
  readonly nodes: number;
  /** Node 0 is the root; a parent comes before its children. */
  readonly parent: Uint16Array;
  /** Where the node's factor is: `rank * FALL + times`. */
  readonly factor: Uint16Array;
  readonly finals: number;
  readonly finalNode: Uint16Array;
  readonly finalCards: Uint8Array;
  /** Additions of final `i` are `firstAddition[i]` up to, not including, `firstAddition[i + 1]`. */
  readonly firstAddition: Uint32Array;
  /** Where to add: `column * totals + (total - lowest)`; `column` is the place of the upcard in `upcards`. */
  readonly target: Uint16Array;
  readonly orders: Float64Array;
  readonly lowest: number;
  readonly totals: number;
  readonly maxCards: number;
}

/** @param limits cards of each rank that there are at most: hands that need more are left out. */
export function dealerTrie(
  finals: readonly FinalHand[],
  upcards: readonly number[],
  limits: readonly number[],
): DealerTrie {
  const used = finals
    .filter((final) => upcards.some((up) => final.orders[up]! > 0))
    .filter((final) => final.counts.every((count, rank) => count <= limits[rank]!))
    .sort((a, b) => compareRanks(a.counts, b.counts));
  const lowest = used.some((final) => final.total < 17) ? LOWEST_TOTAL : 17;
  const totals = 22 - lowest;
  const parent: number[] = [0];
  const factor: number[] = [0];
  const index = new Map<string, number>([['', 0]]);
  const nodeOf = (counts: readonly number[]): number => {
    let node = 0;
    let key = '';
    counts.forEach((times, rank) => {
      if (times === 0) return;
      key += `${rank}x${times} `;
      const known = index.get(key);
      if (known !== undefined) {
        node = known;
        return;
      }
      parent.push(node);
      factor.push(rank * FALL + times);
      node = parent.length - 1;
      index.set(key, node);
    });
    return node;
  };
  const finalNode = used.map((final) => nodeOf(final.counts));
  const firstAddition = [0];
  const target: number[] = [];
  const orders: number[] = [];
  for (const final of used) {
    upcards.forEach((up, column) => {
      if (final.orders[up] === 0) return;
      target.push(column * totals + final.total - lowest);
      orders.push(final.orders[up]!);
    });
    firstAddition.push(target.length);
  }
  return {
    nodes: parent.length,
    parent: Uint16Array.from(parent),
    factor: Uint16Array.from(factor),
    finals: used.length,
    finalNode: Uint16Array.from(finalNode),
    finalCards: Uint8Array.from(used, (final) => final.cards),
    firstAddition: Uint32Array.from(firstAddition),
    target: Uint16Array.from(target),
    orders: Float64Array.from(orders),
    lowest,
    totals,
    maxCards: Math.max(0, ...used.map((final) => final.cards)),
  };
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  for (let rank = 0; rank < RANKS; rank++) if (a[rank] !== b[rank]) return b[rank]! - a[rank]!;
  return 0;
}
