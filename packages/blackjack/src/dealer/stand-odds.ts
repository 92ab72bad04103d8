import { ACE, hands, RANKS, TEN } from '../cards/hand-table.ts';
import type { Pack } from '../cards/pack.ts';
import { FALL, LOWEST_TOTAL } from './dealer-trie.ts';
import { type FamilyPlan, familyPlan } from './family-plan.ts';
import { type DealerRule, type FinalHand, finalsOf } from './final-hands.ts';

/** Times a rank can be drawn without going over 21. */
const MOST_TIMES = Uint8Array.from({ length: RANKS }, (_, rank) =>
  Math.min(FALL - 1, Math.floor(21 / (rank + 1))),
);

/** A single deck has no more of any rank but tens: a fifth of the dealer's final hands cannot be. */
const FEW = 4;

/**
 * Wins minus losses of standing, for every hand, upcard and number of further cards of a rank gone. The packs that differ
 * in one rank are computed together ({@link FamilyPlan}) when the first of them is asked for, so packs that no play
 * reaches cost nothing.
 */
export class StandOdds {
  readonly #pack: Pack;
  readonly #finals: readonly FinalHand[];
  readonly #planKey: string;
  readonly #upcards: readonly number[];
  readonly #columnOf = new Int8Array(RANKS).fill(-1);
  readonly #tie: Float64Array;
  /** Lowest total that the dealer can stop at. */
  readonly #lowest: number;
  readonly #extras: readonly number[];
  readonly #plans: (FamilyPlan | undefined)[] = [];
  /** Nothing more gone than the hand: `base[hand * upcards + column]`. */
  readonly #base: Float64Array;
  readonly #baseKnown = new Uint8Array(hands.size);
  /** Where the values of (rank, hand) begin: those of 1, 2, … further cards of the rank gone, each by upcard. */
  readonly #places = new Int32Array(RANKS * hands.size).fill(-1);
  #values = new Float64Array(1 << 16);
  #used = 0;
  readonly #left = new Float64Array(RANKS);
  readonly #falling = new Float64Array(RANKS * FALL);
  readonly #products = new Float64Array(4096);
  readonly #groups = new Float64Array(RANKS * 256);
  readonly #shares = new Float64Array(FALL + 1);
  readonly #shapes = new Float64Array(256);
  #computed = 0;

  /** @param extras by rank: further cards of it that splits may take out of the pack */
  constructor(
    pack: Pack,
    rule: DealerRule,
    upcards: readonly number[],
    tie: Float64Array,
    extras: readonly number[],
  ) {
    this.#pack = pack;
    const few = !pack.infinite && pack.counts.every((count, r) => r === TEN || count <= FEW);
    this.#finals = few
      ? finalsOf(rule).filter(({ counts }) => counts.every((count, r) => r === TEN || count <= FEW))
      : finalsOf(rule);
    this.#planKey = `${rule.hitsSoft17} ${rule.maxCards} ${few} ${upcards}`;
    this.#upcards = upcards;
    upcards.forEach((up, column) => {
      this.#columnOf[up] = column;
    });
    this.#tie = tie;
    this.#lowest = rule.maxCards === undefined ? 17 : LOWEST_TOTAL;
    this.#extras = extras;
    this.#base = new Float64Array(hands.size * upcards.length);
  }

  /** How many families were computed: what the time of an analysis goes with. */
  get computed(): number {
    return this.#computed;
  }

  /** Wins (busts of the dealer among them) minus losses, ties at their payoff; a dealer's natural counts nothing. */
  winLoss(hand: number, rank: number, extra: number, up: number): number {
    const upcards = this.#upcards.length;
    const column = this.#columnOf[up]!;
    if (rank < 0 || extra === 0) {
      if (this.#baseKnown[hand] === 0) this.#computeBase(hand);
      return this.#base[hand * upcards + column]!;
    }
    let place = this.#places[rank * hands.size + hand]!;
    if (place < 0) place = this.#computeFamily(hand, rank);
    return this.#values[place + (extra - 1) * upcards + column]!;
  }

  #computeBase(hand: number): void {
    this.#baseKnown[hand] = 1;
    const rank = HIGHEST_RANK[hand]!;
    const { plan, size } = this.#sumGroups(hand, rank);
    this.#sumPack(plan, rank, 0, size, this.#base, hand * this.#upcards.length);
  }

  #computeFamily(hand: number, rank: number): number {
    const place = this.#used;
    const upcards = this.#upcards.length;
    const extras = this.#extras[rank]!;
    this.#used += extras * upcards;
    this.#places[rank * hands.size + hand] = place;
    if (this.#used > this.#values.length) {
      const grown = new Float64Array(this.#values.length * 2);
      grown.set(this.#values);
      this.#values = grown;
    }
    const { plan, size } = this.#sumGroups(hand, rank);
    for (let extra = 1; extra <= extras; extra++)
      this.#sumPack(plan, rank, extra, size, this.#values, place + (extra - 1) * upcards);
    return place;
  }

  /** What is the same in the whole family. */
  #sumGroups(hand: number, rank: number): { plan: FamilyPlan; size: number } {
    this.#computed++;
    const { counts, infinite } = this.#pack;
    const left = this.#left;
    let size = 0;
    for (let r = 0; r < RANKS; r++) {
      left[r] = infinite ? counts[r]! : counts[r]! - hands.counts[hand * RANKS + r]!;
      size += left[r]!;
    }
    fillFalling(this.#falling, left, infinite);
    const plan = this.#plan(rank, hands.total[hand]!);
    const { parent, factor, firstEntry, entryNode, entryWeight } = plan;
    const falling = this.#falling;
    const products = this.#products;
    const groups = this.#groups;
    products[0] = 1;
    for (let node = 1; node < parent.length; node++)
      products[node] = products[parent[node]!]! * falling[factor[node]!]!;
    let entry = 0;
    for (let group = 0; group + 1 < firstEntry.length; group++) {
      const end = firstEntry[group + 1]!;
      let sum = 0;
      for (; entry < end; entry++) sum += products[entryNode[entry]!]! * entryWeight[entry]!;
      groups[group] = sum;
    }
    return { plan, size };
  }

  /** One pack of the family: the family rank's falling factorial, and the size's. */
  #sumPack(
    plan: FamilyPlan,
    rank: number,
    gone: number,
    all: number,
    values: Float64Array,
    from: number,
  ): void {
    const { shapeTimes, shapeCards, groupShape, groupColumn } = plan;
    const { infinite } = this.#pack;
    const extra = infinite ? 0 : gone;
    const ofRank = this.#left[rank]! - extra;
    const size = all - extra;
    const shares = this.#shares;
    shares[0] = 1;
    for (let cards = 1; cards < shares.length; cards++) {
      const n = infinite ? 1 : size - cards + 1;
      shares[cards] = n > 0 ? shares[cards - 1]! / n : 0;
    }
    const shapes = this.#shapes;
    for (let shape = 0; shape < shapeTimes.length; shape++) {
      let chance = shares[shapeCards[shape]!]!;
      for (let i = 0; i < shapeTimes[shape]!; i++) chance *= infinite ? ofRank : Math.max(0, ofRank - i);
      shapes[shape] = chance;
    }
    const groups = this.#groups;
    const upcards = this.#upcards.length;
    for (let column = 0; column < upcards; column++) values[from + column] = 0;
    for (let group = 0; group < groupShape.length; group++)
      values[from + groupColumn[group]!]! += groups[group]! * shapes[groupShape[group]!]!;
    for (let column = 0; column < upcards; column++) {
      const up = this.#upcards[column]!;
      const ofUpcard = this.#left[up]! - (up === rank ? extra : 0);
      const lost = ofUpcard > 0 ? values[from + column]! * (size / ofUpcard) : 0;
      values[from + column] = lost + 1 - this.#natural(up, rank, extra, size);
    }
  }

  #natural(up: number, rank: number, extra: number, size: number): number {
    if (up !== ACE && up !== TEN) return 0;
    const hole = up === ACE ? TEN : ACE;
    if (this.#pack.infinite) return this.#left[hole]!;
    return Math.max(0, this.#left[hole]! - (hole === rank ? extra : 0)) / Math.max(1, size - 1);
  }

  /** Hands below every total of the dealer's are all played alike. */
  #plan(rank: number, total: number): FamilyPlan {
    const effective = Math.max(total, this.#lowest - 1);
    const place = rank * 22 + effective;
    this.#plans[place] ??= sharedPlan(`${this.#planKey} ${rank} ${effective} ${this.#tie[effective]}`, () =>
      familyPlan(this.#finals, rank, effective, this.#tie[effective]!, this.#upcards),
    );
    return this.#plans[place]!;
  }
}

const HIGHEST_RANK = Uint8Array.from({ length: hands.size }, (_, hand) => {
  for (let rank = TEN; rank > ACE; rank--) if (hands.counts[hand * RANKS + rank]! > 0) return rank;
  return ACE;
});

/** `falling[rank * FALL + k]` = s (s-1) … (s-k+1); for an infinite pack the power p^k. */
function fillFalling(falling: Float64Array, left: Float64Array, infinite: boolean): void {
  for (let rank = 0; rank < RANKS; rank++) {
    let product = 1;
    for (let times = 1; times <= MOST_TIMES[rank]!; times++) {
      product *= infinite ? left[rank]! : Math.max(0, left[rank]! - times + 1);
      falling[rank * FALL + times] = product;
    }
  }
}

/** Plans depend on the player's total, the upcards and the dealer's rule, hardly on the pack, so they are shared. */
const plans = new Map<string, FamilyPlan>();
const MOST_PLANS = 4000;

function sharedPlan(key: string, make: () => FamilyPlan): FamilyPlan {
  let plan = plans.get(key);
  if (plan === undefined) {
    if (plans.size >= MOST_PLANS) plans.clear();
    plan = make();
    plans.set(key, plan);
  }
  return plan;
}
