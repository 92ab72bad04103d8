import { hands } from '../cards/hand-table.ts';
import { DOUBLE, type FirstHandValues, HIT, hitValue, STAND, SURRENDER } from '../play/first-hand-values.ts';
import { settledValue } from '../play/situation.ts';
import type { Cell } from './total-cells.ts';

export interface CellPlay extends Cell {
  /** What hands do that are allowed it. */
  readonly action: number;
  /** STAND or HIT: what the others do. */
  readonly otherwise: number;
}

/** What a chart is being worked out from, by hand. */
export interface ChartState {
  readonly first: FirstHandValues;
  /** How often the hand comes to a decision. */
  readonly weight: Float64Array;
  /** Written: what the hand is worth when played by the chart. */
  readonly worth: Float64Array;
  /** Written: what it does. */
  readonly action: Uint8Array;
}

const hitOf = new Float64Array(hands.size);

/**
 * One play for all hands of a cell: surrender, else double, where it is worth more in the sum over the hands that may;
 * the rest share stand or hit. A play that not all of those hands have (its sum is NaN) stands in nobody's way.
 */
export function playCell(cell: Cell, { first, weight, worth, action }: ChartState): CellPlay {
  const possible = cell.hands.filter((hand) => !Number.isNaN(first.stand[hand]!));
  for (const hand of possible) hitOf[hand] = hitValue(first.at, hand, worth);
  const flat = possible.every((hand) => weight[hand] === 0);

  const surrendering = sums(first, possible, weight, flat, first.surrender);
  const doubling = sums(first, possible, weight, flat, first.double);
  let play = STAND;
  let taken: Float64Array | undefined;
  if (
    surrendering.any &&
    surrendering.of > surrendering.stand &&
    !(surrendering.of <= surrendering.hit) &&
    !(surrendering.of <= surrendering.double)
  ) {
    play = SURRENDER;
    taken = first.surrender;
  } else if (doubling.any && doubling.of > doubling.stand && !(doubling.of <= doubling.hit)) {
    play = DOUBLE;
    taken = first.double;
  }
  const takes = (hand: number) => taken !== undefined && !Number.isNaN(taken[hand]!);
  const others = taken === undefined ? possible : possible.filter((hand) => !takes(hand));
  const otherwise = plainOf(first, others.length > 0 ? others : possible, weight);
  let anyTakes = false;
  for (const hand of possible) {
    const takesIt = takes(hand);
    anyTakes ||= takesIt;
    action[hand] = takesIt ? play : otherwise;
    const settled = settledValue(first.at, hand);
    worth[hand] = Number.isNaN(settled) ? valueOfPlay(first, hand, action[hand]!, hitOf[hand]!) : settled;
  }
  return { ...cell, action: anyTakes ? play : otherwise, otherwise };
}

/** Weighted sums over the hands that have the play `of`. */
function sums(
  first: FirstHandValues,
  possible: readonly number[],
  weight: Float64Array,
  flat: boolean,
  of: Float64Array,
) {
  const sum = { any: false, of: 0, stand: 0, hit: 0, double: 0 };
  for (const hand of possible) {
    const value = of[hand]!;
    if (Number.isNaN(value)) continue;
    const w = flat ? 1 : weight[hand]!;
    sum.any = true;
    sum.of += w * value;
    sum.stand += w * first.stand[hand]!;
    sum.hit += w * hitOf[hand]!;
    sum.double += w * first.double[hand]!;
  }
  return sum;
}

function plainOf(first: FirstHandValues, over: readonly number[], weight: Float64Array): number {
  const flat = over.every((hand) => weight[hand] === 0);
  let stand = 0;
  let hit = 0;
  for (const hand of over) {
    const w = flat ? 1 : weight[hand]!;
    stand += w * first.stand[hand]!;
    hit += w * hitOf[hand]!;
  }
  return hit > stand ? HIT : STAND;
}

function valueOfPlay(first: FirstHandValues, hand: number, action: number, hit: number): number {
  if (action === SURRENDER) return first.surrender[hand]!;
  if (action === DOUBLE) return first.double[hand]!;
  return action === HIT && !Number.isNaN(hit) ? hit : first.stand[hand]!;
}
