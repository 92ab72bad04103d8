import { hands } from '../cards/hand-table.ts';
import { isNatural } from '../play/situation.ts';

/** One line of a total-dependent chart. */
export interface Cell {
  readonly total: number;
  readonly soft: boolean;
  readonly hands: readonly number[];
}

/** Hard 21..11, soft 21..12, hard 10..4: so that one more card always leads to a cell already decided. */
export function cellsOf(minimumCards: number): Cell[] {
  const order = [
    ...span(21, 11).map((total) => ({ total, soft: false })),
    ...span(21, 12).map((total) => ({ total, soft: true })),
    ...span(10, 4).map((total) => ({ total, soft: false })),
  ];
  const all = [...Array(hands.size).keys()].filter(
    (hand) => hands.cards[hand]! >= Math.max(2, minimumCards) && !isNatural(hand),
  );
  return order.map((cell) => ({
    ...cell,
    hands: all.filter((hand) => hands.total[hand] === cell.total && (hands.soft[hand] === 1) === cell.soft),
  }));
}

const span = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, i) => from - i);
