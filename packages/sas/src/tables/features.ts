import type { Fields } from '../codec/field.ts';

/** Facts 9.4: name, features byte (1-4), lowest bit, and how many bits where it is a number. */
const table = [
  ['jackpotMultiplier', 1, 0],
  ['aftBonusAwards', 1, 1],
  ['legacyBonusAwards', 1, 2],
  ['tournament', 1, 3],
  ['validationExtensions', 1, 4],
  ['validationStyle', 1, 5, 2],
  ['ticketRedemption', 1, 7],
  ['wonCreditsMeterModel', 2, 0, 2],
  ['ticketsInDropAndCancelled', 2, 2],
  ['extendedMeters', 2, 3],
  ['componentAuthentication', 2, 4],
  ['jackpotKeyoffToMachinePay', 2, 5],
  ['aft', 2, 6],
  ['multiDenom', 2, 7],
  ['polling40ms', 3, 0],
  ['multipleProgressiveWins', 3, 1],
  ['meterChangeNotification', 3, 2],
  ['sessionPlay', 3, 4],
  ['foreignCurrencyRedemption', 3, 5],
  ['nonSasProgressiveHits', 3, 6],
  ['enhancedProgressiveData', 3, 7],
  ['maxProgressivePayback', 4, 0],
] as const;

type Row = (typeof table)[number];

/** What a machine can do, from the bytes of A0. */
export type Features = {
  readonly [R in Row as R[0]]: R extends readonly [string, number, number, number] ? number : boolean;
};

/** Validation styles of `validationStyle` (facts 8.2). */
export const validationStyles: Readonly<Record<number, string>> = {
  0: 'standard',
  1: 'system',
  2: 'secure enhanced',
};

/** The features that the hex fields `features1` to `features4` hold. */
export function featuresOf(fields: Fields): Features {
  const entries = table.map(([name, at, bit, width]) => {
    const value = Number.parseInt(String(fields[`features${at}`]), 16) >> bit;
    return [name, width === undefined ? (value & 1) === 1 : value & ((1 << width) - 1)] as const;
  });
  // Every name of the table is there, each with the type its width gives.
  return Object.fromEntries(entries) as unknown as Features;
}

/** The bytes, as hex fields, of `features`; what is not given is off. */
export function featureBytes(
  features: Partial<Features>,
): Record<'features1' | 'features2' | 'features3' | 'features4', string> {
  const bytes = [0, 0, 0, 0];
  for (const [name, at, bit] of table) bytes[at - 1]! |= Number(features[name] ?? 0) << bit;
  const [features1, features2, features3, features4] = bytes.map((byte) =>
    byte.toString(16).toUpperCase().padStart(2, '0'),
  ) as [string, string, string, string];
  return { features1, features2, features3, features4 };
}
