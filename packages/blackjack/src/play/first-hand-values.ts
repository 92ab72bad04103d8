import { BUST, hands, RANKS } from '../cards/hand-table.ts';
import type { Bound } from '../strategy/forced-plays.ts';
import type { Game } from './game.ts';
import { plainlyHits } from './plain-values.ts';
import {
  beforeSplit,
  canHit,
  cardsLeft,
  doubleValue,
  isNatural,
  type Situation,
  settledValue,
  standValue,
  surrenderIn,
} from './situation.ts';

export const STAND = 0;
export const HIT = 1;
export const DOUBLE = 2;
export const SPLIT = 3;
export const SURRENDER = 4;

/** By the numbers above. */
export const plays = ['stand', 'hit', 'double', 'split', 'surrender'] as const;
export type Play = (typeof plays)[number];

/** Plays whose EVs differ by no more than rounding are worth the same; the first of stand, hit, double, surrender is taken. */
export const TIE = 1e-14;

/**
 * The composition-dependent optimum before a split, for every hand against one upcard, splits left out. Values by hand;
 * NaN where the play is not allowed or the hand cannot be.
 */
export interface FirstHandValues {
  readonly at: Situation;
  readonly stand: Float64Array;
  readonly hit: Float64Array;
  readonly double: Float64Array;
  readonly surrender: Float64Array;
  /** The better of stand and hit. */
  readonly plain: Float64Array;
  /** 1 where that is to hit. */
  readonly hits: Uint8Array;
  readonly best: Float64Array;
  /** The best play; a bonus that ends the hand is not a play, so such a hand has its best play without it. */
  readonly action: Uint8Array;
}

export function firstHandValues(game: Game, up: number): FirstHandValues {
  const at = beforeSplit(game, up);
  const { size } = hands;
  const none = () => new Float64Array(size).fill(Number.NaN);
  const values = {
    at,
    stand: none(),
    hit: none(),
    double: none(),
    surrender: none(),
    plain: none(),
    hits: new Uint8Array(size),
    best: none(),
    action: new Uint8Array(size),
  };
  for (let hand = size - 1; hand > 0; hand--)
    if (hands.cards[hand]! >= 2 && canBe(at, hand)) valueHand(at, values, hand);
  return values;
}

function valueHand(at: Situation, values: FirstHandValues, hand: number): void {
  const stand = standValue(at, hand);
  values.stand[hand] = stand;
  let best = stand;
  let action = STAND;
  if (!isNatural(hand)) {
    const hit = hitValue(at, hand, values.best);
    if (Math.abs(hit - stand) <= TIE ? plainlyHits(at, hand) : hit > stand) {
      best = hit;
      action = HIT;
      values.hits[hand] = 1;
    }
    values.hit[hand] = hit;
    values.plain[hand] = best;
    const double = doubleValue(at, hand);
    values.double[hand] = double;
    if (double > best + TIE) {
      best = double;
      action = DOUBLE;
    }
    const surrender = surrenderIn(at, hand);
    values.surrender[hand] = surrender;
    if (surrender > best + TIE) {
      best = surrender;
      action = SURRENDER;
    }
  } else values.plain[hand] = stand;
  const bound = at.game.binding?.(hand, at.up);
  if (bound !== undefined && !isNatural(hand)) {
    action = boundAction(values, hand, bound);
    best = values[plays[action] as Exclude<Play, 'split'>][hand]!;
    values.hits[hand] = action === HIT || (action !== STAND && bound.otherwise === 'hit') ? 1 : 0;
  }
  const settled = settledValue(at, hand);
  values.best[hand] = Number.isNaN(settled) ? best : settled;
  values.action[hand] = action;
}

/** Splitting is seen to where pairs are: an unsplit pair does what a forced split falls to. */
function boundAction(values: FirstHandValues, hand: number, { play, otherwise }: Bound): number {
  const allowed = (of: Play) => of !== 'split' && !Number.isNaN(values[of][hand]!);
  if (allowed(play)) return plays.indexOf(play);
  return allowed(otherwise) ? plays.indexOf(otherwise) : STAND;
}

/** EV of one more card when hands are worth `worth`; NaN when no card may be drawn. */
export function hitValue(at: Situation, hand: number, worth: Float64Array): number {
  if (!canHit(at, hand)) return Number.NaN;
  const { counts } = at;
  const gone = at.game.pack.infinite ? 0 : 1;
  const from = hand * RANKS;
  let ev = 0;
  for (let rank = 0; rank < RANKS; rank++) {
    const left = counts[rank]! - gone * hands.counts[from + rank]!;
    if (left <= 0) continue;
    const child = hands.child[from + rank]!;
    ev += left * (child === BUST ? -1 : worth[child]!);
  }
  return ev / cardsLeft(at, hand);
}

/** The pack has the cards of the hand beside the upcard. */
export function canBe(at: Situation, hand: number): boolean {
  if (at.game.pack.infinite) return true;
  for (let rank = 0; rank < RANKS; rank++)
    if (hands.counts[hand * RANKS + rank]! > at.counts[rank]!) return false;
  return true;
}
