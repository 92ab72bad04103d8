import type { Configuration } from './configuration.ts';
import { type Reading, valuesOf } from './reading.ts';

/** The four readings of an enrolment: at rest, after one test bill, after one test game, after one test transfer. */
export interface EnrolmentReadings {
  readonly start: Pick<Reading, 'meters'>;
  readonly afterBill: Pick<Reading, 'meters'>;
  readonly afterGame: Pick<Reading, 'meters'>;
  readonly afterTransfer: Pick<Reading, 'meters'>;
}

/** What was done between them. */
export interface EnrolmentActs {
  readonly billCents: number;
  /** Cashable, to the machine. */
  readonly transferCents: number;
  /** In ten-thousandths of the currency unit, as the machine's configuration tells it. */
  readonly creditTenThousandths: number;
  readonly wonCreditsMeterModel: Configuration['wonCreditsMeterModel'];
}

/** How a machine counts, as measured. */
export interface MachineProfile {
  /** Digits of each meter it keeps, by code. */
  readonly digits: Readonly<Record<string, number>>;
  /** Wins are counted when won (0) or when played or paid (1), by the machine's own word; null where it does not say. */
  readonly meterModel: number | null;
  /** Drop (24) counts electronic money that comes in; null: the machine has no such meter. */
  readonly transfersInDrop: boolean | null;
  readonly billsInDrop: boolean | null;
  /** Meters that count a bill, besides its own count. */
  readonly countsBillsIn: readonly string[];
  /** AFT in cents (A0), in credits (17, 2E): those that moved with the transfer. */
  readonly countsTransfersIn: readonly string[];
  /** Of the balance identity: what 0C moved beyond 24 + 01 − 00 − 04 with the transfer, in credits. */
  readonly identityGapCredits: number | null;
}

/** Why an enrolment is not green: the step, the meter, what was expected, what was counted. */
export interface ProfileProblem {
  readonly step: 'bill' | 'game' | 'transfer';
  readonly code: string;
  readonly expected: number;
  readonly counted: number | null;
  readonly rule: 'noteValue' | 'creditsFollow' | 'oneGame' | 'betFits' | 'transferValue';
}

export interface MeasuredProfile {
  readonly profile: MachineProfile;
  /** Empty: the machine may go live. */
  readonly problems: readonly ProfileProblem[];
}

type Deltas = Readonly<Record<string, number>>;

/**
 * Measures how a machine counts, from one bill, one game and one transfer. A pure function of the readings around them;
 * what the machine does not count is told as such, and what it counts wrongly as a problem.
 */
export function measureProfile(readings: EnrolmentReadings, acts: EnrolmentActs): MeasuredProfile {
  const [start, bill, game, transfer] = [
    valuesOf(readings.start),
    valuesOf(readings.afterBill),
    valuesOf(readings.afterGame),
    valuesOf(readings.afterTransfer),
  ];
  const byBill = deltas(start, bill);
  const byGame = deltas(bill, game);
  const byTransfer = deltas(game, transfer);
  const inCredits = (cents: number) => (cents * 100) / acts.creditTenThousandths;
  const billCredits = inCredits(acts.billCents);
  const transferCredits = inCredits(acts.transferCents);
  const moved = (by: Deltas, codes: readonly string[], amount: number) =>
    codes.filter((code) => by[code] === amount);
  const inDrop = (by: Deltas, amount: number) => (by['24'] === undefined ? null : by['24'] === amount);
  const profile: MachineProfile = {
    digits: Object.fromEntries(readings.start.meters.map(({ code, digits }) => [code, digits])),
    meterModel: acts.wonCreditsMeterModel,
    billsInDrop: inDrop(byBill, billCredits),
    transfersInDrop: inDrop(byTransfer, transferCredits),
    countsBillsIn: moved(byBill, ['0B', '24', '3F'], billCredits),
    countsTransfersIn: [
      ...moved(byTransfer, ['A0'], acts.transferCents),
      ...moved(byTransfer, ['17', '2E', '24'], transferCredits),
    ],
    identityGapCredits: identityGap(byTransfer),
  };
  const problems: ProfileProblem[] = [];
  const check = (
    step: ProfileProblem['step'],
    rule: ProfileProblem['rule'],
    code: string,
    by: Deltas,
    expected: number,
  ) => {
    if (by[code] !== expected) problems.push({ step, rule, code, expected, counted: by[code] ?? null });
  };
  check('bill', 'noteValue', '0B', byBill, billCredits);
  check('bill', 'creditsFollow', '0C', byBill, billCredits);
  check('game', 'oneGame', '05', byGame, 1);
  // Of a game, credits must follow its own meters: what was bet went, what was won came.
  check('game', 'betFits', '0C', byGame, (byGame['01'] ?? 0) - (byGame['00'] ?? 0));
  check('transfer', 'transferValue', 'A0', byTransfer, acts.transferCents);
  check('transfer', 'creditsFollow', '0C', byTransfer, transferCredits);
  return { profile, problems };
}

const deltas = (before: Deltas, after: Deltas): Deltas =>
  Object.fromEntries(
    Object.entries(after).flatMap(([code, value]) =>
      before[code] === undefined ? [] : [[code, value - before[code]]],
    ),
  );

function identityGap(by: Deltas): number | null {
  const [credits, drop, coinOut, coinIn, cancelled] = ['0C', '24', '01', '00', '04'].map((code) => by[code]);
  if (credits === undefined || drop === undefined || coinOut === undefined) return null;
  if (coinIn === undefined || cancelled === undefined) return null;
  return credits - (drop + coinOut - coinIn - cancelled);
}
