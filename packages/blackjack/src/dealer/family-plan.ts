import { RANKS } from '../cards/hand-table.ts';
import { FALL } from './dealer-trie.ts';
import type { FinalHand } from './final-hands.ts';

/**
 * How to value one total of the player's in packs that differ in the number of cards of one rank only: one *family*.
 *
 * The chance of a final dealer hand is a product of falling factorials over the ranks, over one of the pack's size. All
 * factors but the family rank's and the size's are the same in the family, so they are multiplied and summed once, by
 * (times the family rank is drawn, number of cards, upcard), and each pack of the family only sums a few dozen groups.
 * Dealer hands below the player's total win for him like a bust does; they are left out.
 */
export interface FamilyPlan {
  /** Trie over the other ranks: node 0 is the root, a parent comes before its children. */
  readonly parent: Uint16Array;
  /** Where the node's factor is: `rank * FALL + times`. */
  readonly factor: Uint16Array;
  /** Groups: what is summed once. `entry` arrays from `firstEntry[group]` up to, not including, `firstEntry[group + 1]`. */
  readonly firstEntry: Uint16Array;
  readonly entryNode: Uint16Array;
  /** Orders of the final hand times what it changes for the player. */
  readonly entryWeight: Float64Array;
  readonly groupShape: Uint8Array;
  readonly groupColumn: Uint8Array;
  /** Shapes: times of the family rank, number of cards. */
  readonly shapeTimes: Uint8Array;
  readonly shapeCards: Uint8Array;
}

/**
 * @param rank the family's
 * @param total the player's
 * @param tie payoff of a tie at it
 */
export function familyPlan(
  finals: readonly FinalHand[],
  rank: number,
  total: number,
  tie: number,
  upcards: readonly number[],
): FamilyPlan {
  const used = finals.filter((final) => final.total >= total && upcards.some((up) => final.orders[up]! > 0));
  const trie = restTrie(used, rank);
  const shapes = new Map<string, number>();
  const groups = new Map<
    string,
    { shape: number; column: number; entries: [node: number, weight: number][] }
  >();
  used.forEach((final, i) => {
    // Counted as won at first, so a dealer's higher total takes two and a tie one less its payoff.
    const weight = final.total > total ? -2 : tie - 1;
    const shapeKey = `${final.counts[rank]} ${final.cards}`;
    const shape = shapes.get(shapeKey) ?? shapes.size;
    shapes.set(shapeKey, shape);
    upcards.forEach((up, column) => {
      if (final.orders[up] === 0) return;
      const key = `${shape} ${column}`;
      const group = groups.get(key) ?? { shape, column, entries: [] };
      groups.set(key, group);
      group.entries.push([trie.finalNode[i]!, final.orders[up]! * weight]);
    });
  });
  const inOrder = [...groups.values()];
  const entries = inOrder.flatMap((group) => group.entries);
  const firstEntry = [0];
  for (const group of inOrder) firstEntry.push(firstEntry.at(-1)! + group.entries.length);
  const shapeList = [...shapes.keys()].map((key) => key.split(' ').map(Number));
  return {
    parent: trie.parent,
    factor: trie.factor,
    firstEntry: Uint16Array.from(firstEntry),
    entryNode: Uint16Array.from(entries, ([node]) => node),
    entryWeight: Float64Array.from(entries, ([, weight]) => weight),
    groupShape: Uint8Array.from(inOrder, (group) => group.shape),
    groupColumn: Uint8Array.from(inOrder, (group) => group.column),
    shapeTimes: Uint8Array.from(shapeList, ([times]) => times!),
    shapeCards: Uint8Array.from(shapeList, ([, cards]) => cards!),
  };
}

function restTrie(
  finals: readonly FinalHand[],
  without: number,
): Pick<FamilyPlan, 'parent' | 'factor'> & { finalNode: readonly number[] } {
  const parent = [0];
  const factor = [0];
  const index = new Map<string, number>();
  const finalNode = finals.map(({ counts }) => {
    let node = 0;
    let key = '';
    for (let rank = 0; rank < RANKS; rank++) {
      const times = counts[rank]!;
      if (times === 0 || rank === without) continue;
      key += `${rank}x${times} `;
      let next = index.get(key);
      if (next === undefined) {
        next = parent.length;
        parent.push(node);
        factor.push(rank * FALL + times);
        index.set(key, next);
      }
      node = next;
    }
    return node;
  });
  return {
    parent: Uint16Array.from(parent),
    factor: Uint16Array.from(factor),
    finalNode,
  };
}
