import { hands } from '../cards/hand-table.ts';
import { DOUBLE, type FirstHandValues, HIT, STAND, SURRENDER } from './first-hand-values.ts';
import { canDouble, canHit, canSurrender, type Situation } from './situation.ts';

/** The play of a hand after a split: STAND, HIT, DOUBLE or SURRENDER, each allowed in that situation. */
export type Policy = (at: Situation, hand: number) => number;

/**
 * CDZ-: the play that was best before the split. Where it is barred after one, the better of what was worth most before
 * the split and is allowed.
 */
export function zeroMemoryPolicy(first: FirstHandValues): Policy {
  return (at, hand) => {
    const action = first.action[hand]!;
    if (action === SURRENDER && canSurrender(at, hand)) return SURRENDER;
    const doubles = action === DOUBLE || (action === SURRENDER && first.double[hand]! > first.plain[hand]!);
    if (doubles && canDouble(at, hand)) return DOUBLE;
    return first.hits[hand] === 1 && canHit(at, hand) ? HIT : STAND;
  };
}

/** What a memo of values by hand is made of; NaN: not known yet. */
export const memo = (): Float64Array => new Float64Array(hands.size).fill(Number.NaN);
