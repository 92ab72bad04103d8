import { BUST, hands, RANKS } from '../cards/hand-table.ts';
import { stops } from '../dealer/final-hands.ts';
import { canHit, cardsLeft, isNatural, leftOfRank, naturalIn, type Situation } from './situation.ts';

/**
 * Standing and hitting can be worth exactly the same, as where both always lose. Which is taken then changes nothing
 * before a split, but after one, where a bust and a lost hand may cost differently. The published values come from
 * programs that compare sums of rounded numbers, so a tie is decided by the plainest such sum: the dealer's totals in
 * order after his busts, the cards drawn in order of rank, stand unless hit came out larger.
 */
export function plainlyHits(at: Situation, hand: number): boolean {
  return plainHit(at, hand) > plainStand(at, hand);
}

function plainHit(at: Situation, hand: number): number {
  if (!canHit(at, hand)) return Number.NEGATIVE_INFINITY;
  const left = cardsLeft(at, hand);
  let ev = 0;
  for (let rank = 0; rank < RANKS; rank++) {
    const ofRank = leftOfRank(at, hand, rank);
    if (ofRank <= 0) continue;
    const child = hands.child[hand * RANKS + rank]!;
    ev += (ofRank / left) * (child === BUST ? -1 : Math.max(plainStand(at, child), plainHit(at, child)));
  }
  return ev;
}

function plainStand(at: Situation, hand: number): number {
  const { rules, tie, pack } = at.game;
  const total = hands.total[hand]!;
  const natural = naturalIn(at, hand);
  const chances = new Float64Array(22);
  const left = Float64Array.from({ length: RANKS }, (_, rank) => leftOfRank(at, hand, rank));
  const size = cardsLeft(at, hand);
  const dealer = { hitsSoft17: rules.dealer === 'H17', maxCards: rules.maxDealerCards ?? undefined };
  const draw = (held: number, remaining: number, chance: number) => {
    for (let rank = 0; rank < RANKS; rank++) {
      if (left[rank]! <= 0) continue;
      const child = hands.child[held * RANKS + rank]!;
      if (child === BUST || isNatural(child)) continue;
      const next = chance * (left[rank]! / remaining);
      if (stops(dealer, hands.total[child]!, hands.soft[child] === 1, hands.cards[child]!)) {
        chances[hands.total[child]!]! += next;
        continue;
      }
      if (!pack.infinite) left[rank]!--;
      draw(child, pack.infinite ? remaining : remaining - 1, next);
      if (!pack.infinite) left[rank]!++;
    }
  };
  draw(hands.child[at.up]!, size, 1);
  let ev = 1 - (chances.reduce((sum, chance) => sum + chance, 0) + natural);
  chances.forEach((chance, made) => {
    ev += made < total ? chance : made > total ? -chance : chance * tie[total]!;
  });
  return ev - natural;
}
