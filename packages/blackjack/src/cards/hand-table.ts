/** Ranks are 0..9 inside the engine: 0 = ace, 1..8 = two..nine, 9 = any ten-valued card. Outside they are 1..10. */
export const RANKS = 10;
export const ACE = 0;
export const TEN = 9;

/** A child of {@link HandTable} that is over 21. */
export const BUST = -1;

/**
 * Every multiset of ranks that is not bust, as one graph: 3 082 hands and the empty one (index 0). A hand's children
 * (one more card) have a higher hard sum and so a higher index: going backwards meets children before parents.
 */
export interface HandTable {
  readonly size: number;
  /** Cards of each rank: `counts[hand * 10 + rank]`. */
  readonly counts: Uint8Array;
  /** The hand with one more card: `child[hand * 10 + rank]`, or {@link BUST}. */
  readonly child: Int16Array;
  /** Sum with every ace as 1. */
  readonly hard: Uint8Array;
  /** Best total: an ace counts 11 where that fits. */
  readonly total: Uint8Array;
  readonly soft: Uint8Array;
  readonly cards: Uint8Array;
}

export const hands: HandTable = buildHandTable();

/** Index of the hand with these ranks; {@link BUST} when it is over 21. */
export function handOf(ranks: readonly number[]): number {
  let hand = 0;
  for (const rank of ranks) {
    hand = hands.child[hand * RANKS + rank]!;
    if (hand === BUST) return BUST;
  }
  return hand;
}

export const NATURAL = handOf([ACE, TEN]);

function buildHandTable(): HandTable {
  const found: number[][] = [];
  const grow = (counts: number[], from: number, sum: number) => {
    found.push([...counts]);
    for (let rank = from; rank < RANKS && sum + rank + 1 <= 21; rank++) {
      counts[rank]!++;
      grow(counts, rank, sum + rank + 1);
      counts[rank]!--;
    }
  };
  grow(new Array<number>(RANKS).fill(0), 0, 0);
  const sumOf = (counts: number[]) => counts.reduce((sum, count, rank) => sum + count * (rank + 1), 0);
  found.sort((a, b) => sumOf(a) - sumOf(b));
  const index = new Map(found.map((counts, hand) => [counts.join(), hand]));

  const size = found.length;
  const table = {
    size,
    counts: new Uint8Array(size * RANKS),
    child: new Int16Array(size * RANKS),
    hard: new Uint8Array(size),
    total: new Uint8Array(size),
    soft: new Uint8Array(size),
    cards: new Uint8Array(size),
  };
  found.forEach((counts, hand) => {
    const hard = sumOf(counts);
    const soft = counts[ACE]! > 0 && hard + 10 <= 21;
    table.counts.set(counts, hand * RANKS);
    table.hard[hand] = hard;
    table.soft[hand] = soft ? 1 : 0;
    table.total[hand] = soft ? hard + 10 : hard;
    table.cards[hand] = counts.reduce((sum, count) => sum + count, 0);
    for (let rank = 0; rank < RANKS; rank++) {
      counts[rank]!++;
      table.child[hand * RANKS + rank] = index.get(counts.join()) ?? BUST;
      counts[rank]!--;
    }
  });
  return table;
}
