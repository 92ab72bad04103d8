import { crc16 } from './crc.ts';

/** Eight digits with their check: twice the digit sum modulo 5, in the bits that the first digit leaves free. */
function checked(value: number): string {
  const digits = String(value).padStart(8, '0');
  let sum = 0;
  for (const digit of digits) sum += Number(digit);
  return String(Number(digits[0]) | (2 * (sum % 5))) + digits.slice(1);
}

/**
 * Facts 8.2.1: the barcode of a secure enhanced ticket, "00" and 16 digits. `sequence` is incremented already: a
 * machine counts before it uses.
 */
export function secureEnhancedNumber(machineId: number, sequence: number): string {
  const a = [sequence, sequence >> 8, sequence >> 16, machineId, machineId >> 8, machineId >> 16].map(
    (byte) => byte & 0xff,
  ) as [number, number, number, number, number, number];
  const b = [a[0], a[1], a[0] ^ a[2], a[1] ^ a[3], a[0] ^ a[4], a[1] ^ a[5]];
  const c = [0, 2, 4].flatMap((at) => {
    const crc = crc16(b, at, at + 2);
    return [crc & 0xff, crc >> 8];
  }) as [number, number, number, number, number, number];
  const low = c[0] + c[1] * 256 + c[2] * 65_536;
  const high = c[3] + c[4] * 256 + c[5] * 65_536;
  return `00${checked(high)}${checked(low)}`;
}
