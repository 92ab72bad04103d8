import { ACE, hands, RANKS, TEN } from '../cards/hand-table.ts';
import type { Pack } from '../cards/pack.ts';
import { type DealerTrie, dealerTrie, FALL } from './dealer-trie.ts';
import { type DealerRule, finalsOf } from './final-hands.ts';

/** At most so many further cards of a rank are taken out of the pack beside a hand. */
const MAX_EXTRA = 8;

/**
 * The dealer's chances for every pack that comes up in one analysis. A *slot* is one set of cards gone from the pack (the
 * player's, without the upcard); it is computed when first asked for and kept under its composition, so hands of
 * different splits that leave the same pack share it. All upcards of the analysis are computed in one go.
 */
export class DealerOdds {
  readonly pack: Pack;
  readonly upcards: readonly number[];
  /** `columnOf[rank]`: place of the upcard in a slot, -1 when the analysis leaves it out. */
  readonly columnOf: Int8Array;
  readonly lowest: number;
  readonly totals: number;
  /** Doubles of one slot. */
  readonly stride: number;
  /** Probability of each final total by upcard, unconditional: `chances[slot * stride + column * totals + total - lowest]`. */
  chances: Float64Array;
  /** Probability of a dealer's natural under an ace and under a ten, by slot. */
  naturalUnderAce: Float64Array;
  naturalUnderTen: Float64Array;

  readonly #trie: DealerTrie;
  readonly #slots = new Map<number, number>();
  readonly #byHand: (Int32Array | undefined)[] = [];
  readonly #products: Float64Array;
  readonly #falling = new Float64Array(RANKS * FALL);
  readonly #shares: Float64Array;
  readonly #left = new Float64Array(RANKS);
  readonly #gone = new Uint8Array(RANKS);
  #used = 0;

  constructor(pack: Pack, rule: DealerRule, upcards: readonly number[]) {
    this.pack = pack;
    this.upcards = upcards;
    this.columnOf = new Int8Array(RANKS).fill(-1);
    upcards.forEach((up, column) => {
      this.columnOf[up] = column;
    });
    const limits = pack.infinite ? new Array<number>(RANKS).fill(FALL) : pack.counts;
    this.#trie = dealerTrie(finalsOf(rule), upcards, limits);
    this.lowest = this.#trie.lowest;
    this.totals = this.#trie.totals;
    this.stride = upcards.length * this.totals;
    this.#products = new Float64Array(this.#trie.nodes);
    this.#shares = new Float64Array(this.#trie.maxCards + 1);
    this.chances = new Float64Array(1024 * this.stride);
    this.naturalUnderAce = new Float64Array(1024);
    this.naturalUnderTen = new Float64Array(1024);
  }

  /** How many packs were computed: what the time of an analysis goes with. */
  get computed(): number {
    return this.#used;
  }

  /** Slot of `hand` with `extra` more cards of `rank` gone; `extra` 0 is the hand alone. */
  slotOf(hand: number, rank: number, extra: number): number {
    const key = extra === 0 ? 0 : rank + 1;
    let table = this.#byHand[key];
    if (table === undefined) {
      table = new Int32Array(hands.size * (extra === 0 ? 1 : MAX_EXTRA + 1)).fill(-1);
      this.#byHand[key] = table;
    }
    const place = extra === 0 ? hand : hand * (MAX_EXTRA + 1) + extra;
    const known = table[place]!;
    if (known >= 0) return known;
    const gone = this.#gone;
    for (let r = 0; r < RANKS; r++) gone[r] = hands.counts[hand * RANKS + r]!;
    if (extra > 0) gone[rank]! += extra;
    const slot = this.slotOfCards(gone);
    table[place] = slot;
    return slot;
  }

  /** Slot of any cards gone from the pack, by rank. */
  slotOfCards(gone: ArrayLike<number>): number {
    let key = 0;
    if (!this.pack.infinite) for (let rank = 0; rank < RANKS; rank++) key = key * 32 + gone[rank]!;
    const known = this.#slots.get(key);
    if (known !== undefined) return known;
    const slot = this.#used++;
    this.#slots.set(key, slot);
    if (slot >= this.naturalUnderAce.length) this.#grow();
    this.#compute(slot, gone);
    return slot;
  }

  /** Probability that the dealer has a natural, the pack being that of `slot` without the upcard. */
  natural(slot: number, upcard: number): number {
    if (upcard === ACE) return this.naturalUnderAce[slot]!;
    return upcard === TEN ? this.naturalUnderTen[slot]! : 0;
  }

  #compute(slot: number, gone: ArrayLike<number>): void {
    const { pack, upcards, totals, stride, chances } = this;
    const left = this.#left;
    const shares = this.#shares;
    let size = 0;
    for (let rank = 0; rank < RANKS; rank++) {
      left[rank] = pack.infinite ? pack.counts[rank]! : pack.counts[rank]! - gone[rank]!;
      size += left[rank]!;
    }
    fillFalling(this.#falling, left, pack.infinite);
    // 1 / (n (n-1) …), by number of cards; a hand that needs more cards than there are has a zero factor.
    shares[0] = 1;
    for (let cards = 1; cards < shares.length; cards++) {
      const n = pack.infinite ? 1 : size - cards + 1;
      shares[cards] = n > 0 ? shares[cards - 1]! / n : 0;
    }
    const from = slot * stride;
    addFinals(this.#trie, this.#products, this.#falling, shares, chances, from);
    for (let column = 0; column < upcards.length; column++) {
      const ofUpcard = left[upcards[column]!]!;
      const scale = ofUpcard > 0 ? (pack.infinite ? 1 : size) / ofUpcard : 0;
      for (let total = 0; total < totals; total++) chances[from + column * totals + total]! *= scale;
    }
    const others = pack.infinite ? 1 : Math.max(1, size - 1);
    this.naturalUnderAce[slot] = left[TEN]! / others;
    this.naturalUnderTen[slot] = left[ACE]! / others;
  }

  #grow(): void {
    const grown = (old: Float64Array) => {
      const array = new Float64Array(old.length * 2);
      array.set(old);
      return array;
    };
    this.chances = grown(this.chances);
    this.naturalUnderAce = grown(this.naturalUnderAce);
    this.naturalUnderTen = grown(this.naturalUnderTen);
  }
}

/** The hot loops: nearly all of an analysis's time is spent here. */
function addFinals(
  trie: DealerTrie,
  products: Float64Array,
  falling: Float64Array,
  shares: Float64Array,
  chances: Float64Array,
  from: number,
): void {
  const { nodes, parent, factor, finals, finalNode, finalCards, firstAddition, target, orders } = trie;
  products[0] = 1;
  for (let node = 1; node < nodes; node++)
    products[node] = products[parent[node]!]! * falling[factor[node]!]!;
  let addition = 0;
  for (let final = 0; final < finals; final++) {
    const chance = products[finalNode[final]!]! * shares[finalCards[final]!]!;
    const end = firstAddition[final + 1]!;
    for (; addition < end; addition++) chances[from + target[addition]!]! += chance * orders[addition]!;
  }
}

/** `falling[rank * FALL + k]` = s (s-1) … (s-k+1); for an infinite pack the power p^k. */
function fillFalling(falling: Float64Array, left: Float64Array, infinite: boolean): void {
  for (let rank = 0; rank < RANKS; rank++) {
    let product = 1;
    for (let times = 1; times < FALL; times++) {
      product *= infinite ? left[rank]! : Math.max(0, left[rank]! - times + 1);
      falling[rank * FALL + times] = product;
    }
  }
}
