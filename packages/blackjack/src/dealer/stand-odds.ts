import { ACE, hands, RANKS, TEN } from '../cards/hand-table.ts';
import type { Pack } from '../cards/pack.ts';
import { FALL, LOWEST_TOTAL } from './dealer-trie.ts';
import { type FamilyPlan, familyPlan } from './family-plan.ts';
import { type DealerRule, type FinalHand, finalsOf } from './final-hands.ts';

/** Times a rank can be drawn without going over 21. */
const MOST_TIMES = Uint8Array.from({ length: RANKS }, (_, rank) =>
  Math.min(FALL - 1, Math.floor(21 / (rank + 1))),
);

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
  readonly #lowest: number;
  /** Packs of a family: 0..extras further cards of its rank gone. */
  readonly #packs: number;
  readonly #plans: (FamilyPlan | undefined)[] = [];
  /** By rank: `values[(hand * packs + extra) * upcards + column]`. */
  readonly #values: (Float64Array | undefined)[] = new Array(RANKS).fill(undefined);
  readonly #known = new Uint8Array(RANKS * hands.size);
  readonly #left = new Float64Array(RANKS);
  readonly #falling = new Float64Array(RANKS * FALL);
  readonly #products: Float64Array;
  readonly #weighed: Float64Array;
  readonly #weights = new Float64Array(22);
  readonly #groups = new Float64Array(RANKS * 256);
  readonly #shares = new Float64Array(FALL + 1);
  readonly #shapes = new Float64Array(256);
  #computed = 0;

  /** @param extras further cards of one rank that splits may take out of the pack */
  constructor(pack: Pack, rule: DealerRule, upcards: readonly number[], tie: Float64Array, extras: number) {
    this.#pack = pack;
    const limits = pack.counts.map((count, rank) =>
      pack.infinite ? FALL : Math.min(count, MOST_TIMES[rank]!),
    );
    this.#finals = finalsOf(rule).filter(({ counts }) =>
      counts.every((count, rank) => count <= limits[rank]!),
    );
    this.#planKey = `${rule.hitsSoft17} ${rule.maxCards} ${limits} ${upcards}`;
    this.#upcards = upcards;
    upcards.forEach((up, column) => {
      this.#columnOf[up] = column;
    });
    this.#tie = tie;
    this.#lowest = rule.maxCards === undefined ? 17 : LOWEST_TOTAL;
    this.#packs = extras + 1;
    this.#products = new Float64Array(4096);
    this.#weighed = new Float64Array(4096);
  }

  /** How many families were computed: what the time of an analysis goes with. */
  get computed(): number {
    return this.#computed;
  }

  /** Wins (busts of the dealer among them) minus losses, ties at their payoff; a dealer's natural counts nothing. */
  winLoss(hand: number, rank: number, extra: number, up: number): number {
    const family = rank < 0 ? HIGHEST_RANK[hand]! : rank;
    if (this.#known[family * hands.size + hand] === 0) this.#compute(hand, family);
    const place = (hand * this.#packs + extra) * this.#upcards.length + this.#columnOf[up]!;
    return this.#values[family]![place]!;
  }

  #compute(hand: number, rank: number): void {
    this.#computed++;
    this.#known[rank * hands.size + hand] = 1;
    this.#values[rank] ??= new Float64Array(hands.size * this.#packs * this.#upcards.length);
    const values = this.#values[rank]!;
    const pack = this.#pack;
    const left = this.#left;
    let size = 0;
    for (let r = 0; r < RANKS; r++) {
      left[r] = pack.infinite ? pack.counts[r]! : pack.counts[r]! - hands.counts[hand * RANKS + r]!;
      size += left[r]!;
    }
    const total = hands.total[hand]!;
    const plan = this.#plan(rank, total);
    this.#sumGroups(plan, total);
    const upcards = this.#upcards.length;
    for (let extra = 0; extra < this.#packs; extra++) {
      const from = (hand * this.#packs + extra) * upcards;
      this.#sumPack(plan, rank, pack.infinite ? 0 : extra, size, values, from);
      for (let column = 0; column < upcards; column++)
        values[from + column]! += 1 - this.#natural(column, rank, extra, size);
    }
  }

  /** What is the same in the whole family. */
  #sumGroups(plan: FamilyPlan, total: number): void {
    const { parent, factor, finalNode, finalTotal, firstEntry, entryFinal, entryOrders } = plan;
    fillFalling(this.#falling, this.#left, this.#pack.infinite);
    const falling = this.#falling;
    const products = this.#products;
    const weighed = this.#weighed;
    const weights = this.#weights;
    const groups = this.#groups;
    products[0] = 1;
    for (let node = 1; node < parent.length; node++)
      products[node] = products[parent[node]!]! * falling[factor[node]!]!;
    // Counted as won at first, so a dealer's higher total takes two and a tie one less its payoff.
    for (let dealer = 4; dealer <= 21; dealer++)
      weights[dealer] = dealer > total ? -2 : dealer === total ? this.#tie[total]! - 1 : 0;
    for (let final = 0; final < finalNode.length; final++)
      weighed[final] = products[finalNode[final]!]! * weights[finalTotal[final]!]!;
    let entry = 0;
    for (let group = 0; group + 1 < firstEntry.length; group++) {
      const end = firstEntry[group + 1]!;
      let sum = 0;
      for (; entry < end; entry++) sum += weighed[entryFinal[entry]!]! * entryOrders[entry]!;
      groups[group] = sum;
    }
  }

  /** What one pack of the family adds: the family rank's falling factorial, and the size's. */
  #sumPack(
    plan: FamilyPlan,
    rank: number,
    extra: number,
    all: number,
    values: Float64Array,
    from: number,
  ): void {
    const { shapeTimes, shapeCards, groupShape, groupColumn } = plan;
    const { infinite } = this.#pack;
    const ofRank = this.#left[rank]!;
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
      for (let i = 0; i < shapeTimes[shape]!; i++)
        chance *= infinite ? ofRank : Math.max(0, ofRank - extra - i);
      shapes[shape] = chance;
    }
    const groups = this.#groups;
    for (let group = 0; group < groupShape.length; group++)
      values[from + groupColumn[group]!]! += groups[group]! * shapes[groupShape[group]!]!;
    for (let column = 0; column < this.#upcards.length; column++) {
      const up = this.#upcards[column]!;
      const ofUpcard = this.#left[up]! - (up === rank ? extra : 0);
      values[from + column]! *= ofUpcard > 0 ? size / ofUpcard : 0;
    }
  }

  #natural(column: number, rank: number, extra: number, size: number): number {
    const up = this.#upcards[column]!;
    if (up !== ACE && up !== TEN) return 0;
    const hole = up === ACE ? TEN : ACE;
    if (this.#pack.infinite) return this.#left[hole]!;
    return Math.max(0, this.#left[hole]! - (hole === rank ? extra : 0)) / Math.max(1, size - extra - 1);
  }

  #plan(rank: number, total: number): FamilyPlan {
    const lowest = Math.max(total, this.#lowest);
    const place = rank * 22 + lowest;
    this.#plans[place] ??= sharedPlan(`${this.#planKey} ${rank} ${lowest}`, () =>
      familyPlan(this.#finals, rank, lowest, this.#upcards),
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

/**
 * Plans depend on the dealer's rule and on which ranks the pack is short of, so most packs share them. Bounded, for a
 * program that looks at many nearly empty shoes.
 */
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
