/** Where chance comes from. */
export interface Random {
  /** Uniform in [0, 1). */
  float(): number;
  /** `length` random bytes. */
  bytes(length: number): Uint8Array;
}

/** Uniform integer in [min, max], both included. */
export const integerBetween = (random: Random, min: number, max: number): number =>
  min + Math.floor(random.float() * (max - min + 1));

/** A uniformly chosen item. The list must not be empty. */
export const pick = <T>(random: Random, items: readonly T[]): T =>
  items[integerBetween(random, 0, items.length - 1)]!;

/**
 * A repeatable source (xoshiro128** seeded by splitmix32): the same seed gives the same run on every machine.
 * For simulations and tests; never for secrets.
 */
export function seededRandom(seed: number): Random {
  let mix = seed >>> 0;
  const next32 = () => {
    mix = (mix + 0x9e3779b9) >>> 0;
    let z = mix;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
  const state = [next32(), next32(), next32(), next32()] as [number, number, number, number];
  const next = () => {
    let [a, b, c, d] = state;
    const t = b << 9;
    let result = Math.imul(a, 5);
    result = Math.imul((result << 7) | (result >>> 25), 9) >>> 0;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = (d << 11) | (d >>> 21);
    state[0] = a;
    state[1] = b;
    state[2] = c;
    state[3] = d;
    return result;
  };
  return {
    float: () => ((next() >>> 5) * 67108864 + (next() >>> 6)) / 9007199254740992,
    bytes: (length) => Uint8Array.from({ length }, () => next() >>> 24),
  };
}
