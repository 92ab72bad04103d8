import * as z from 'zod';
import { Cents, Credits, FactNumber } from './scalars.ts';

/** The handpay a machine is locked up with: its answer to poll 1B. Told once for each the machine reports. */
export const Handpay = z.strictObject({
  number: FactNumber,
  kind: z.enum(['cancelledCredit', 'nonProgressive', 'progressive']),
  /** SAS level: 0 or 40 a win, 1–32 progressive, 128 cancelled credits. */
  level: z.int().min(0).max(255),
  progressiveGroup: z.int().min(0).max(255),
  /** Null when the machine told credits of unknown worth; `amountCredits` then has it. */
  amountCents: Cents.nullable(),
  amountCredits: Credits.nullable(),
  /** Paid by the machine already: part of a progressive's amount, on top of a plain win's. */
  partialCredits: Credits,
  partialCents: Cents.nullable(),
  /** The machine offers to pay it to its credit meter. */
  canGoToCreditMeter: z.boolean(),
});
export type Handpay = z.infer<typeof Handpay>;
