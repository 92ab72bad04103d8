import * as z from 'zod';
import { Cents } from './scalars.ts';

/** How the machine is set up: read with its identity and after exception 3C. */
export const Configuration = z.strictObject({
  /** What a credit is worth in ten-thousandths of the currency unit; null for none or a code of unknown value. */
  creditTenThousandths: z.int().positive().nullable(),
  /** As told: 0 none, 1 = 0.01, … */
  denominationCode: z.int().min(0).max(255).nullable(),
  /** 255 means 255 or more. */
  maxBetCredits: z.int().min(0).max(255).nullable(),
  /** Theoretical payback as told, percent with two decimals ('90.00'); par hold = 100 − this. */
  basePaybackPercent: z
    .string()
    .regex(/^\d{1,3}\.\d{2}$/)
    .nullable(),
  /** When wins are counted: 0 when won, 1 when played or paid (A0). */
  wonCreditsMeterModel: z.int().min(0).max(3).nullable(),
  ticketsInDropAndCancelled: z.boolean().nullable(),
  hasExtendedMeters: z.boolean().nullable(),
  hasAft: z.boolean().nullable(),
  transferLimitCents: Cents.nullable(),
  isChanged: z.boolean(),
});
export type Configuration = z.infer<typeof Configuration>;
