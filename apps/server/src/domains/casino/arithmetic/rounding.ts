/**
 * Exact arithmetic of whole numbers and decimals. A rational is a numerator and a positive denominator; it is rounded
 * once, half away from zero, where it is shown.
 */

/** `numerator / denominator` to the nearest whole number, halves away from zero. `denominator` is not zero. */
export function roundedQuotient(numerator: bigint, denominator: bigint): bigint {
  const isNegative = numerator < 0n !== denominator < 0n;
  const n = numerator < 0n ? -numerator : numerator;
  const d = denominator < 0n ? -denominator : denominator;
  const quotient = (2n * n + d) / (2n * d);
  return isNegative ? -quotient : quotient;
}

/** A decimal with three places: 1500n → '1.500'. Never '-0.000'. */
export function thousandths(value: bigint): string {
  const digits = (value < 0n ? -value : value).toString().padStart(4, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -3)}.${digits.slice(-3)}`;
}

/** `numerator / denominator` with three places, null where the denominator is zero. */
export function ratio(numerator: bigint | number, denominator: bigint | number): string | null {
  const d = BigInt(denominator);
  return d === 0n ? null : thousandths(roundedQuotient(BigInt(numerator) * 1000n, d));
}

/** `100 × numerator / denominator` with three places. */
export const percentage = (numerator: bigint | number, denominator: bigint | number): string | null =>
  ratio(BigInt(numerator) * 100n, denominator);

/** A decimal of at most five places in units of 10^-5: '8.000' → 800000n. */
export function hundredThousandths(decimal: string): bigint {
  const [whole = '0', fraction = ''] = decimal.split('.');
  return BigInt(whole + fraction.padEnd(5, '0'));
}
