import { BUST, handOf, hands, NATURAL, RANKS } from '../cards/hand-table.ts';
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
import { type CellPlay, cellHands, playCell } from './cell-play.ts';
import { dealChance, roundValue, type UpcardValues } from './composition-dependent.ts';
import { type Cells, cellsOf } from './total-cells.ts';

/** A strategy by total, and what it is worth against one upcard. */
export interface TotalDependent {
  readonly up: number;
  /** EV of the round, given the upcard. */
  readonly ev: number;
  readonly split: Float64Array;
  /** Play by hand before a split: of a hand that may not double or surrender, what it does instead. */
  readonly action: Uint8Array;
  readonly splits: readonly boolean[];
  /** The play of hands of a split. */
  readonly policy: Policy;
  readonly cells: readonly CellPlay[];
}

const TWO_CARDS = [...Array(hands.size).keys()].filter((hand) => hands.cards[hand] === 2);

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
  const cells = cellsByClass[kind];
  const charted = cells.list.map((cell) => cellHands(first, cell));
  let action: Uint8Array = first.action.slice();
  let splits = cd.splits;
  let known: { same: readonly Uint8Array[]; split: Float64Array; policy: Policy } | undefined;
  for (let round = 0; ; round++) {
    const weight = reached(first, action, splits, kind);
    const worth = new Float64Array(hands.size).fill(Number.NaN);
    const next = new Uint8Array(hands.size);
    const state = { first, weight, worth, action: next };
    const plays = charted.map((cell) => playCell(cell, state));
    if (kind === '2C') playTwoCards(first, worth, next);
    worth[NATURAL] = first.best[NATURAL]!;
    const plain = kind === '2C' ? plainTwoCards(first, worth) : undefined;
    const signature = Uint8Array.from(plays.flatMap((play) => [play.action, play.otherwise]));
    const same = [signature, next, plain ?? next];
    // The splits are the same while the plays are.
    if (known === undefined || !same.every((plays, i) => equal(plays, known!.same[i]!))) {
      const policy = policyOf(cells, plays, next, plain);
      known = { same, split: splitsOf(game, up, worth, policy), policy };
    }
    const { split, policy } = known;
    const nextSplits = splits.map((_, rank) => split[rank]! > worth[handOf([rank, rank])]!);
    const settled = equal(next, action) && nextSplits.join() === splits.join();
    action = next;
    splits = nextSplits;
    if (!settled && round < MOST_ROUNDS) continue;
    const worthOf = (hand: number, rank: number) => (rank >= 0 && splits[rank] ? split[rank]! : worth[hand]!);
    return { up, ev: roundValue(at.game, up, worthOf), split, action, splits, policy, cells: plays };
  }
}

const equal = (a: Uint8Array, b: Uint8Array): boolean => {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
};

function splitsOf(game: Game, up: number, worth: Float64Array, policy: Policy): Float64Array {
  return Float64Array.from({ length: RANKS }, (_, rank) =>
    Number.isNaN(worth[handOf([rank, rank])]!) ? Number.NaN : splitValue(game, up, rank, () => policy),
  );
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
  if (kind === '2C') for (const hand of TWO_CARDS) weight[hand] = 0;
  return weight;
}

/** Two cards by composition, given how three and more are played. */
function playTwoCards(first: FirstHandValues, worth: Float64Array, action: Uint8Array): void {
  for (const hand of TWO_CARDS) {
    if (isNatural(hand) || Number.isNaN(first.stand[hand]!)) continue;
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

/** Two cards that do not double or surrender after all: whether they hit. */
function plainTwoCards(first: FirstHandValues, worth: Float64Array): Uint8Array {
  const plain = new Uint8Array(hands.size);
  for (const hand of TWO_CARDS)
    plain[hand] = hitValue(first.at, hand, worth) > first.stand[hand]! ? HIT : STAND;
  return plain;
}

/** The chart as the play after a split: what it wants where that is allowed, else the cell's stand or hit. */
function policyOf(
  cells: Cells,
  plays: readonly CellPlay[],
  action: Uint8Array,
  plain: Uint8Array | undefined,
): Policy {
  return (at, hand) => {
    if (isNatural(hand)) return STAND;
    const cell = plays[cells.ofHand[hand]!];
    const wanted = cell === undefined ? action[hand]! : cell.action;
    if (wanted === SURRENDER && canSurrender(at, hand)) return SURRENDER;
    if (wanted === DOUBLE && canDouble(at, hand)) return DOUBLE;
    const otherwise = cell === undefined ? plain![hand]! : cell.otherwise;
    return otherwise === HIT && canHit(at, hand) ? HIT : STAND;
  };
}
