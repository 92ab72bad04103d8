import {
  hundredThousandths,
  percentage,
  ratio,
  roundedQuotient,
  thousandths,
} from '../arithmetic/rounding.ts';
import { amountMovedOf, deltaOf, type Moved } from './range.ts';

/** Percent in units of 10^-5 make a hundredth of a hundred-thousandth. */
const PERCENT_E5 = 10_000_000n;

/** The meters that figures are made of. */
export const figureCodes = ['00', '01', '02', '05', '24'] as const;

export interface Figures {
  coinInMinor: number;
  machinePaidMinor: number;
  jackpotMinor: number;
  totalWonMinor: number;
  winMinor: number;
  /** Win of coin-in, in percent: the house's view. */
  holdPct: string | null;
  /** The same with the guest's sign. */
  playerWinPct: string | null;
  games: number;
  avgBetMinor: string | null;
  dropMinor: number;
  winToDropPct: string | null;
  theoreticalHoldPct: string | null;
  theoreticalWinMinor: number | null;
  holdVariancePp: string | null;
  projectedVarianceMinor: number | null;
  /** Coin-in in credits, for the average bet in credits. */
  coinInCredits: number;
}

/** The figures of what moved. Percentages of sums, rounded once; the theoretical ones need the par of every bet. */
export function figuresOf(moved: readonly Moved[]): Figures {
  const coinIn = amountMovedOf(moved, '00');
  const machinePaid = amountMovedOf(moved, '01');
  const jackpot = amountMovedOf(moved, '02');
  const drop = amountMovedOf(moved, '24');
  const won = machinePaid + jackpot;
  const win = coinIn - won;
  const games = deltaOf(moved, '05');
  const theoreticalE7 = theoreticalWin(moved);
  const isTheoretical = theoreticalE7 !== null;
  const hasCoinIn = isTheoretical && coinIn !== 0;
  return {
    coinInMinor: coinIn,
    machinePaidMinor: machinePaid,
    jackpotMinor: jackpot,
    totalWonMinor: won,
    winMinor: win,
    holdPct: percentage(win, coinIn),
    playerWinPct: percentage(-win, coinIn),
    games,
    avgBetMinor: ratio(coinIn, games),
    dropMinor: drop,
    winToDropPct: percentage(win, drop),
    theoreticalHoldPct: hasCoinIn ? percentage(theoreticalE7, BigInt(coinIn) * PERCENT_E5) : null,
    theoreticalWinMinor: isTheoretical ? Number(roundedQuotient(theoreticalE7, PERCENT_E5)) : null,
    holdVariancePp: hasCoinIn
      ? percentage(BigInt(win) * PERCENT_E5 - theoreticalE7, BigInt(coinIn) * PERCENT_E5)
      : null,
    projectedVarianceMinor: isTheoretical
      ? Number(roundedQuotient(BigInt(win) * PERCENT_E5 - theoreticalE7, PERCENT_E5))
      : null,
    coinInCredits: deltaOf(moved, '00'),
  };
}

/** Coin-in times par of each time, in 10^-7 minor units; null where a bet has no par. */
function theoreticalWin(moved: readonly Moved[]): bigint | null {
  let sum = 0n;
  for (const { code, parHoldPct, amountMinor } of moved) {
    if (code !== '00') continue;
    if (parHoldPct === null) return null;
    sum += BigInt(amountMinor) * hundredThousandths(parHoldPct);
  }
  return sum;
}

/** Win of one machine in one game day, rounded to whole minor units. */
export const winPerUnitPerDay = (winMinor: number, machines: number, days: number): number | null =>
  machines * days === 0 ? null : Number(roundedQuotient(BigInt(winMinor), BigInt(machines * days)));

/** |variance| above the limit, both in percentage points: three decimals against at most five. */
export const isBeyond = (variancePp: string, limitPp: string): boolean =>
  hundredThousandths(variancePp.replace('-', '')) > hundredThousandths(limitPp);

export const minutesBetween = (from: Date, to: Date): string =>
  thousandths(roundedQuotient(BigInt(to.getTime() - from.getTime()), 60n));
