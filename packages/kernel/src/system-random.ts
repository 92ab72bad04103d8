import type { Random } from './random.ts';

/** Cryptographically strong chance from the platform; handed out by composition roots only. */
export const systemRandom: Random = {
  float: () => {
    const words = globalThis.crypto.getRandomValues(new Uint32Array(2));
    return ((words[0]! >>> 5) * 67108864 + (words[1]! >>> 6)) / 9007199254740992;
  },
  bytes: (length) => globalThis.crypto.getRandomValues(new Uint8Array(length)),
};
