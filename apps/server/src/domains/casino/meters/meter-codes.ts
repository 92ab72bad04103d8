/** What a meter counts: credits of the machine's denomination, minor units, notes of one value, games or transfers. */
export type MeterUnit = 'credits' | 'minor' | 'notes' | 'games' | 'count' | 'gauge';

const NOTE_VALUES = [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 2500, 5000, 10_000];

/** Notes by SAS meter code 40 … 4F: value in currency units. */
export const noteValues: ReadonlyMap<string, number> = new Map(
  NOTE_VALUES.map((value, index) => [(0x40 + index).toString(16).toUpperCase(), value]),
);

const units: Readonly<Record<string, MeterUnit>> = {
  '05': 'games',
  '06': 'games',
  '07': 'games',
  '0C': 'gauge',
  A0: 'minor',
  A2: 'minor',
  A4: 'minor',
  B8: 'minor',
  A1: 'count',
  A3: 'count',
  A5: 'count',
  B9: 'count',
};

export const unitOf = (code: string): MeterUnit =>
  units[code] ?? (noteValues.has(code) ? 'notes' : 'credits');

/** What a movement of a meter is worth in minor units; null for games and counts. */
export function amountOf(
  code: string,
  delta: number,
  { denominationMinor, minorDigits }: { denominationMinor: number; minorDigits: number },
): number | null {
  switch (unitOf(code)) {
    case 'credits':
      return delta * denominationMinor;
    case 'minor':
      return delta;
    case 'notes':
      return delta * noteValues.get(code)! * 10 ** minorDigits;
    default:
      return null;
  }
}

export interface MeterLimits {
  denominationMinor: number;
  maxBetCredits: number;
  maxWinCredits: number;
}

const SLACK_SECONDS = 60;

/**
 * The most a meter can move in the given time: one game, note or transfer a second, at most the largest bet each second,
 * or one largest win. Times are instants in milliseconds; `since` is the reading before.
 */
export function limitOf(code: string, machine: MeterLimits, since: number | undefined, at: number): number {
  const time = Math.floor((at - (since ?? at)) / 1000) + SLACK_SECONDS;
  const unit = unitOf(code);
  if (unit === 'games' || unit === 'notes' || unit === 'count') return time;
  const bets = machine.maxBetCredits * time;
  if (code === '00') return bets;
  return Math.max(machine.maxWinCredits, bets) * (unit === 'minor' ? machine.denominationMinor : 1);
}

export type MeterDigits = number | Readonly<Record<string, number>>;
const USUAL_DIGITS = 8;

/** How many a meter counts before it begins again at zero. */
export function modulusOf(code: string, digits: MeterDigits): number {
  const width = typeof digits === 'number' ? digits : (digits[code] ?? digits['*'] ?? USUAL_DIGITS);
  return 10 ** width;
}
