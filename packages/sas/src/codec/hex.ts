const digits = Array.from({ length: 256 }, (_, byte) => byte.toString(16).toUpperCase().padStart(2, '0'));

/** A byte as two upper-case hex digits. */
export const hexByte = (byte: number): string => digits[byte & 0xff]!;

/** `bytes[start, end)` as upper-case hex without spaces. */
export function toHex(bytes: ArrayLike<number>, start = 0, end = bytes.length): string {
  let text = '';
  for (let i = start; i < end; i++) text += digits[bytes[i]! & 0xff];
  return text;
}

/** The bytes of a hex text; spaces are skipped. Undefined when it is not hex of whole bytes. */
export function fromHex(text: string): Uint8Array | undefined {
  const packed = text.replace(/\s+/g, '');
  if (packed.length % 2 === 1 || !/^[0-9a-fA-F]*$/.test(packed)) return undefined;
  return Uint8Array.from({ length: packed.length / 2 }, (_, i) =>
    Number.parseInt(packed.slice(2 * i, 2 * i + 2), 16),
  );
}
