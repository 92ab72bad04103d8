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

/** The hands of a cell that the pack has, and those of them that may surrender, double. */
export interface CellHands {
  readonly cell: Cell;
  readonly possible: readonly number[];
  readonly surrendering: readonly number[];
  readonly doubling: readonly number[];
}

export function cellHands(first: FirstHandValues, cell: Cell): CellHands {
  const having = (values: Float64Array) => cell.hands.filter((hand) => !Number.isNaN(values[hand]!));
  return {
    cell,
    possible: having(first.stand),
    surrendering: having(first.surrender),
    doubling: having(first.double),
  };
}

const hitOf = new Float64Array(hands.size);

/**
 * One play for all hands of a cell: surrender, else double, where it is worth more in the sum over the hands that may;
 * the rest share stand or hit. A play that not all of those hands have (its sum is NaN) stands in nobody's way.
 */
export function playCell(
  { cell, possible, surrendering, doubling }: CellHands,
  { first, weight, worth, action }: ChartState,
): CellPlay {
  for (const hand of possible) hitOf[hand] = hitValue(first.at, hand, worth);
  const flat = isFlat(possible, weight);
  let play = STAND;
  let taken: readonly number[] = [];
  const surrender = sumOver(surrendering, first.surrender, weight, flat);
  if (
    surrender > sumOver(surrendering, first.stand, weight, flat) &&
    !(surrender <= sumOver(surrendering, hitOf, weight, flat)) &&
    !(surrender <= sumOver(surrendering, first.double, weight, flat))
  ) {
    play = SURRENDER;
    taken = surrendering;
  } else {
    const double = sumOver(doubling, first.double, weight, flat);
    if (
      double > sumOver(doubling, first.stand, weight, flat) &&
      !(double <= sumOver(doubling, hitOf, weight, flat))
    ) {
      play = DOUBLE;
      taken = doubling;
    }
  }
  const others = taken.length === 0 ? possible : possible.filter((hand) => !taken.includes(hand));
  const otherwise = plainOf(first, others.length > 0 ? others : possible, weight);
  for (const hand of possible) action[hand] = otherwise;
  for (const hand of taken) action[hand] = play;
  for (const hand of possible) {
    const settled = settledValue(first.at, hand);
    worth[hand] = Number.isNaN(settled) ? valueOfPlay(first, hand, action[hand]!, hitOf[hand]!) : settled;
  }
  return { ...cell, action: taken.length > 0 ? play : otherwise, otherwise };
}

/** A cell without weight: its hands then count alike. */
function isFlat(over: readonly number[], weight: Float64Array): boolean {
  for (const hand of over) if (weight[hand] !== 0) return false;
  return true;
}

function sumOver(over: readonly number[], values: Float64Array, weight: Float64Array, flat: boolean): number {
  let sum = 0;
  for (const hand of over) sum += (flat ? 1 : weight[hand]!) * values[hand]!;
  return sum;
}

function plainOf(first: FirstHandValues, over: readonly number[], weight: Float64Array): number {
  const flat = isFlat(over, weight);
  return sumOver(over, hitOf, weight, flat) > sumOver(over, first.stand, weight, flat) ? HIT : STAND;
}

function valueOfPlay(first: FirstHandValues, hand: number, action: number, hit: number): number {
  if (action === SURRENDER) return first.surrender[hand]!;
  if (action === DOUBLE) return first.double[hand]!;
  return action === HIT && !Number.isNaN(hit) ? hit : first.stand[hand]!;
}
