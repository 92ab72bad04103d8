import { BUST, hands } from '../cards/hand-table.ts';
import { DOUBLE, HIT, STAND, SURRENDER, TIE } from './first-hand-values.ts';
import { memo, type Policy } from './policy.ts';
import {
  canHit,
  doubleValue,
  overNextCards,
  type Situation,
  settledValue,
  standValue,
  surrenderIn,
} from './situation.ts';

/** The best play of every composition in one situation; used in other situations it is held to what they allow. */
export function optimalPolicy(at: Situation): Policy {
  const values = memo();
  const actions = new Uint8Array(hands.size);
  const worthOf = (hand: number): number => {
    if (Number.isNaN(values[hand]!)) values[hand] = decide(hand);
    return values[hand]!;
  };
  const decide = (hand: number): number => {
    let best = standValue(at, hand);
    let action = STAND;
    const consider = (value: number, play: number) => {
      if (!(value > best + TIE)) return;
      best = value;
      action = play;
    };
    if (canHit(at, hand))
      consider(
        overNextCards(at, hand, (child) => (child === BUST ? -1 : worthOf(child))),
        HIT,
      );
    consider(doubleValue(at, hand), DOUBLE);
    consider(surrenderIn(at, hand), SURRENDER);
    actions[hand] = action;
    const settled = settledValue(at, hand);
    return Number.isNaN(settled) ? best : settled;
  };
  return (_, hand) => {
    worthOf(hand);
    return actions[hand]!;
  };
}
