import { handOf, RANKS } from '../cards/hand-table.ts';
import { type FirstHandValues, firstHandValues } from '../play/first-hand-values.ts';
import type { Game } from '../play/game.ts';
import { optimalPolicy } from '../play/optimal-policy.ts';
import { type Policy, zeroMemoryPolicy } from '../play/policy.ts';
import { fullKnowledgeSplitValue } from '../splits/known-cards-split.ts';
import { afterSplit, type SplitPolicy } from '../splits/split-situation.ts';
import { splitValue } from '../splits/split-value.ts';
import type { CompositionClass } from './strategy-class.ts';

/** Everything known about the play against one upcard. */
export interface UpcardValues {
  readonly up: number;
  readonly first: FirstHandValues;
  /** EV of splitting by rank of the pair; NaN where it may not be split or there is no pair. */
  readonly split: Float64Array;
  /** By rank: the pair is split. */
  readonly splits: readonly boolean[];
  /** EV of the round, given the upcard. */
  readonly ev: number;
}

export function compositionDependent(game: Game, up: number, kind: CompositionClass): UpcardValues {
  const first = firstHandValues(game, up);
  const split = new Float64Array(RANKS).fill(Number.NaN);
  for (let rank = 0; rank < RANKS; rank++)
    if (!Number.isNaN(first.best[handOf([rank, rank])]!))
      split[rank] =
        kind === 'CDPN'
          ? fullKnowledgeSplitValue(game, up, rank)
          : splitValue(game, up, rank, splitPolicy(first, rank, kind));
  const splits = Array.from({ length: RANKS }, (_, rank) => isSplit(first, split, rank));
  const worthOf = (hand: number, rank: number) => (splits[rank] ? split[rank]! : first.best[hand]!);
  return { up, first, split, splits, ev: roundValue(game, up, worthOf) };
}

const zeroMemory = new WeakMap<Game, (UpcardValues | undefined)[]>();

/** CDZ-, from which every class starts: computed once a game and upcard. */
export function zeroMemoryValues(game: Game, up: number): UpcardValues {
  let byUp = zeroMemory.get(game);
  if (byUp === undefined) {
    byUp = [];
    zeroMemory.set(game, byUp);
  }
  byUp[up] ??= compositionDependent(game, up, 'CDZ-');
  return byUp[up];
}

/** Taken where it is worth more, or as the player is bound to. */
function isSplit(first: FirstHandValues, split: Float64Array, rank: number): boolean {
  const { game, up } = first.at;
  const hand = handOf([rank, rank]);
  const bound = game.binding?.(hand, up);
  if (bound?.exact) return bound.play === 'split' && !Number.isNaN(split[rank]!);
  return split[rank]! > first.best[hand]!;
}

export function splitPolicy(
  first: FirstHandValues,
  rank: number,
  kind: Exclude<CompositionClass, 'CDPN'>,
): SplitPolicy {
  const { game, up } = first.at;
  if (kind === 'CDZ-') {
    const policy = zeroMemoryPolicy(first);
    return () => policy;
  }
  const policies = new Map<number, Policy>();
  return (pairsGone) => {
    const state = kind === 'CDP1' ? 0 : pairsGone;
    const known = policies.get(state) ?? optimalPolicy(afterSplit(game, up, rank, state));
    policies.set(state, known);
    return known;
  };
}

/** Mean over the first two cards; `of` gets the hand and, of a pair, its rank (-1 otherwise). */
export function roundValue(game: Game, up: number, of: (hand: number, pairRank: number) => number): number {
  let ev = 0;
  for (let a = 0; a < RANKS; a++)
    for (let b = a; b < RANKS; b++) {
      const chance = dealChance(game, up, a, b);
      if (chance > 0) ev += chance * of(handOf([a, b]), a === b ? a : -1);
    }
  return ev;
}

/** Probability of these two ranks, in any order, as the first two cards once the upcard is out. */
export function dealChance({ pack }: Game, up: number, a: number, b: number): number {
  const orders = a === b ? 1 : 2;
  if (pack.infinite) return orders * pack.counts[a]! * pack.counts[b]!;
  const ofA = pack.counts[a]! - (a === up ? 1 : 0);
  const ofB = pack.counts[b]! - (b === up ? 1 : 0) - (a === b ? 1 : 0);
  const size = pack.size - 1;
  return ofA > 0 && ofB > 0 ? (orders * ofA * ofB) / (size * (size - 1)) : 0;
}
