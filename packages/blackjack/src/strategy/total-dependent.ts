import { BUST, handOf, hands, RANKS } from '../cards/hand-table.ts';
import { DOUBLE, type FirstHandValues, HIT, hitValue, STAND, SURRENDER } from '../play/first-hand-values.ts';
import type { Game } from '../play/game.ts';
import type { Policy } from '../play/policy.ts';
import {
  canDouble,
  canHit,
  canSurrender,
  cardsLeft,
  isNatural,
  leftOfRank,
  settledValue,
} from '../play/situation.ts';
import { splitValue } from '../splits/split-value.ts';
import { dealChance, roundValue, type UpcardValues } from './composition-dependent.ts';
import { type Cell, cellsOf } from './total-cells.ts';

/** A strategy by total, and what it is worth against one upcard. */
export interface TotalDependent {
  readonly up: number;
  /** EV of the round, given the upcard. */
  readonly ev: number;
  readonly split: Float64Array;
  /** Play by hand before a split: of a hand that may not double or surrender, what it does instead. */
  readonly action: Uint8Array;
  readonly splits: readonly boolean[];
  readonly cells: readonly CellPlay[];
}

export interface CellPlay extends Cell {
  /** What hands do that are allowed it. */
  readonly action: number;
  /** STAND or HIT: what the others do. */
  readonly otherwise: number;
}

const cellsByClass = { TD: cellsOf(2), '2C': cellsOf(3) };

/** More rounds than this are not seen: the actions settle in three or four, or alternate between equal plays. */
const MOST_ROUNDS = 40;

/**
 * The fixed point: hands weigh as often as they are reached under the strategy, cells choose by weighted EV from high
 * totals down, pairs are split where that is worth more; repeated from the composition-dependent plays until unchanged.
 */
export function totalDependent(game: Game, cd: UpcardValues, kind: 'TD' | '2C'): TotalDependent {
  const { first, up } = cd;
  const { at } = first;
  let action: Uint8Array = first.action.slice();
  let splits = Array.from(
    { length: RANKS },
    (_, rank) => cd.split[rank]! > first.best[handOf([rank, rank])]!,
  );
  for (let round = 0; ; round++) {
    const weight = reached(first, action, splits, kind);
    const worth = new Float64Array(hands.size).fill(Number.NaN);
    const next = new Uint8Array(hands.size);
    const plays = cellsByClass[kind].map((cell) => playCell(first, cell, weight, worth, next));
    if (kind === '2C') playTwoCards(first, worth, next);
    worth[handOf([0, 9])] = first.best[handOf([0, 9])]!;
    const policy = policyOf(first, plays, next, worth, kind);
    const split = Float64Array.from({ length: RANKS }, (_, rank) =>
      Number.isNaN(worth[handOf([rank, rank])]!) ? Number.NaN : splitValue(game, up, rank, () => policy),
    );
    const nextSplits = splits.map((_, rank) => split[rank]! > worth[handOf([rank, rank])]!);
    const settled = next.every((play, hand) => play === action[hand]) && nextSplits.join() === splits.join();
    action = next;
    splits = nextSplits;
    if (!settled && round < MOST_ROUNDS) continue;
    const worthOf = (hand: number, rank: number) => (rank >= 0 && splits[rank] ? split[rank]! : worth[hand]!);
    return { up, ev: roundValue(at.game, up, worthOf), split, action, splits, cells: plays };
  }
}

/** How often each hand comes to a decision, before any split. */
function reached(
  first: FirstHandValues,
  action: Uint8Array,
  splits: readonly boolean[],
  kind: 'TD' | '2C',
): Float64Array {
  const { at } = first;
  const weight = new Float64Array(hands.size);
  for (let a = 0; a < RANKS; a++)
    for (let b = a; b < RANKS; b++) {
      const hand = handOf([a, b]);
      if (!isNatural(hand) && !(a === b && splits[a])) weight[hand] = dealChance(at.game, at.up, a, b);
    }
  for (let hand = 1; hand < hands.size; hand++) {
    if (weight[hand] === 0 || action[hand] !== HIT || !Number.isNaN(settledValue(at, hand))) continue;
    const share = weight[hand]! / cardsLeft(at, hand);
    for (let rank = 0; rank < RANKS; rank++) {
      const child = hands.child[hand * RANKS + rank]!;
      if (child !== BUST) weight[child]! += share * leftOfRank(at, hand, rank);
    }
  }
  if (kind === '2C')
    for (let hand = 0; hand < hands.size; hand++) if (hands.cards[hand] === 2) weight[hand] = 0;
  return weight;
}

function playCell(
  first: FirstHandValues,
  cell: Cell,
  weight: Float64Array,
  worth: Float64Array,
  action: Uint8Array,
): CellPlay {
  const possible = cell.hands.filter((hand) => !Number.isNaN(first.stand[hand]!));
  const hit = new Map(possible.map((hand) => [hand, hitValue(first.at, hand, worth)]));
  const hitOf = (hand: number) => hit.get(hand)!;
  const standOf = (hand: number) => first.stand[hand]!;
  const unweighted = possible.every((hand) => weight[hand] === 0);
  const sum = (of: (hand: number) => number, over: readonly number[], flat = unweighted) =>
    over.reduce((total, hand) => total + (flat ? 1 : weight[hand]!) * of(hand), 0);
  /** NaN where a play is not allowed to all: never larger. */
  const beats = (
    of: (hand: number) => number,
    over: readonly number[],
    others: ((hand: number) => number)[],
  ) => over.length > 0 && others.every((other) => !(sum(of, over) <= sum(other, over)));

  const surrendering = possible.filter((hand) => !Number.isNaN(first.surrender[hand]!));
  const doubling = possible.filter((hand) => !Number.isNaN(first.double[hand]!));
  const surrenderOf = (hand: number) => first.surrender[hand]!;
  const doubleOf = (hand: number) => first.double[hand]!;
  let play = STAND;
  let taken: readonly number[] = [];
  if (beats(surrenderOf, surrendering, [standOf, hitOf, doubleOf])) {
    play = SURRENDER;
    taken = surrendering;
  } else if (beats(doubleOf, doubling, [standOf, hitOf])) {
    play = DOUBLE;
    taken = doubling;
  }
  const others = possible.filter((hand) => !taken.includes(hand));
  const deciding = others.length > 0 ? others : possible;
  const flat = deciding.every((hand) => weight[hand] === 0);
  const otherwise = sum(hitOf, deciding, flat) > sum(standOf, deciding, flat) ? HIT : STAND;
  for (const hand of possible) {
    action[hand] = taken.includes(hand) ? play : otherwise;
    const settled = settledValue(first.at, hand);
    worth[hand] = Number.isNaN(settled) ? valueOfPlay(first, hand, action[hand]!, hitOf(hand)) : settled;
  }
  return { ...cell, action: taken.length > 0 ? play : otherwise, otherwise };
}

function valueOfPlay(first: FirstHandValues, hand: number, action: number, hit: number): number {
  if (action === SURRENDER) return first.surrender[hand]!;
  if (action === DOUBLE) return first.double[hand]!;
  return action === HIT && !Number.isNaN(hit) ? hit : first.stand[hand]!;
}

/** Two cards by composition, given how three and more are played. */
function playTwoCards(first: FirstHandValues, worth: Float64Array, action: Uint8Array): void {
  for (let hand = 0; hand < hands.size; hand++) {
    if (hands.cards[hand] !== 2 || isNatural(hand) || Number.isNaN(first.stand[hand]!)) continue;
    const values = [
      first.stand[hand]!,
      hitValue(first.at, hand, worth),
      first.double[hand]!,
      Number.NaN,
      first.surrender[hand]!,
    ];
    let best = STAND;
    values.forEach((value, play) => {
      if (value > values[best]!) best = play;
    });
    action[hand] = best;
    const settled = settledValue(first.at, hand);
    worth[hand] = Number.isNaN(settled) ? values[best]! : settled;
  }
}

function policyOf(
  first: FirstHandValues,
  plays: readonly CellPlay[],
  action: Uint8Array,
  worth: Float64Array,
  kind: 'TD' | '2C',
): Policy {
  const cellOf = new Map(plays.flatMap((cell) => cell.hands.map((hand) => [hand, cell])));
  return (at, hand) => {
    if (isNatural(hand)) return STAND;
    const cell = kind === '2C' && hands.cards[hand] === 2 ? undefined : cellOf.get(hand)!;
    const wanted = cell?.action ?? action[hand]!;
    if (wanted === SURRENDER && canSurrender(at, hand)) return SURRENDER;
    if (wanted === DOUBLE && canDouble(at, hand)) return DOUBLE;
    const plain = cell?.otherwise ?? (hitValue(first.at, hand, worth) > first.stand[hand]! ? HIT : STAND);
    return plain === HIT && canHit(at, hand) ? HIT : STAND;
  };
}
