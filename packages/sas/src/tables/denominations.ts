import { Cents, type Credits, Credits as credits } from '../codec/money.ts';

/**
 * Facts 9.1: denomination codes (1F, 53, B0-B3, 7E) in ten-thousandths of the currency unit. Code 0 is "none"; codes
 * above 1F exist but their values are not known: money is not computed with them.
 */
const tenThousandths: readonly (number | undefined)[] = [
  undefined,
  100,
  500,
  1000,
  2500,
  5000,
  10_000,
  50_000,
  100_000,
  200_000,
  1_000_000,
  2000,
  20_000,
  25_000,
  250_000,
  500_000,
  2_000_000,
  2_500_000,
  5_000_000,
  10_000_000,
  20_000_000,
  25_000_000,
  50_000_000,
  200,
  300,
  1500,
  4000,
  50,
  25,
  20,
  10,
  5,
];

/** The value of a credit in ten-thousandths of the currency unit; undefined for "none" and for unknown codes. */
export const denominationValue = (code: number): number | undefined => tenThousandths[code];

/** "0.25", or "code 33" where the value is not known. */
export function formatDenomination(code: number): string {
  const value = denominationValue(code);
  if (value === undefined) return code === 0 ? 'none' : `code ${code}`;
  return (value / 10_000).toFixed(value % 100 === 0 ? 2 : 4);
}

/** What `amount` credits are worth; undefined when the denomination is unknown or the worth is no whole cent. */
export function creditsToCents(amount: Credits, code: number): Cents | undefined {
  const value = denominationValue(code);
  if (value === undefined) return undefined;
  const product = BigInt(amount) * BigInt(value);
  return product % 100n === 0n && product / 100n <= BigInt(Number.MAX_SAFE_INTEGER)
    ? Cents(Number(product / 100n))
    : undefined;
}

/** How many credits `amount` is; undefined when the denomination is unknown or does not divide it. */
export function centsToCredits(amount: Cents, code: number): Credits | undefined {
  const value = denominationValue(code);
  if (value === undefined) return undefined;
  const product = BigInt(amount) * 100n;
  return product % BigInt(value) === 0n ? credits(Number(product / BigInt(value))) : undefined;
}
