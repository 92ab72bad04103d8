/** Facts 3: CRC-16/KERMIT (x^16+x^12+x^5+1 reflected, seed 0, no final XOR). On the wire the low byte goes first. */
const table = Uint16Array.from({ length: 256 }, (_, index) => {
  let crc = index;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x8408 : crc >>> 1;
  return crc;
});

/** The CRC of `bytes[start, end)`; `seed` is the start value, as poll 21 sets it for a ROM signature. */
export function crc16(bytes: ArrayLike<number>, start = 0, end = bytes.length, seed = 0): number {
  let crc = seed;
  for (let i = start; i < end; i++) crc = (crc >>> 8) ^ table[(crc ^ bytes[i]!) & 0xff]!;
  return crc;
}

/** Whether the last two of `bytes[start, end)` are the CRC of those before: the residue over all of them is zero. */
export const hasGoodCrc = (bytes: ArrayLike<number>, start = 0, end = bytes.length): boolean =>
  end - start >= 3 && crc16(bytes, start, end) === 0;
