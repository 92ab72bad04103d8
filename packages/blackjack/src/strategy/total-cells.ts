import { hands } from '../cards/hand-table.ts';
import { isNatural } from '../play/situation.ts';

/** One line of a total-dependent chart. */
export interface Cell {
  readonly total: number;
  readonly soft: boolean;
  readonly hands: readonly number[];
}

/** The cells of a chart in the order in which they are decided, and the cell of every hand. */
export interface Cells {
  readonly list: readonly Cell[];
  /** Place in the list; -1 of a hand that no cell plays: a natural, or two cards where those go by composition. */
  readonly ofHand: Int8Array;
}

/** Hard 21..11, soft 21..12, hard 10..4: so that one more card always leads to a cell already decided. */
export function cellsOf(minimumCards: number): Cells {
  const order = [
    ...span(21, 11).map((total) => ({ total, soft: false })),
    ...span(21, 12).map((total) => ({ total, soft: true })),
    ...span(10, 4).map((total) => ({ total, soft: false })),
  ];
  const all = [...Array(hands.size).keys()].filter(
    (hand) => hands.cards[hand]! >= Math.max(2, minimumCards) && !isNatural(hand),
  );
  const list = order.map((cell) => ({
    ...cell,
    hands: all.filter((hand) => hands.total[hand] === cell.total && (hands.soft[hand] === 1) === cell.soft),
  }));
  const ofHand = new Int8Array(hands.size).fill(-1);
  list.forEach((cell, place) => {
    for (const hand of cell.hands) ofHand[hand] = place;
  });
  return { list, ofHand };
}

const span = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, i) => from - i);
