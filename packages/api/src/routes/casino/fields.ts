import * as z from 'zod';
import { Id } from '../../fields.ts';

/** What stands in the path: a hall is a site; machines, desks and players have names within it. */
export const CasinoName = z.string().trim().min(1).max(100);
/** A whole number of the currency's smallest unit. */
export const Minor = z.int().nonnegative();
export const PositiveMinor = z.int().positive();
/** SAS meter code: two hex digits, upper case. */
export const MeterCode = z.string().regex(/^[0-9A-F]{2}$/);
export const GameDay = z.iso.date();
export const Percent = z.string().regex(/^\d+(\.\d{1,5})?$/);

export const hallParams = z.object({ hall: Id });
export const machineParams = hallParams.extend({ machine: CasinoName });
export const deskParams = hallParams.extend({ desk: CasinoName });
export const transferParams = hallParams.extend({ key: CasinoName });

/**
 * What came of an act. `waiting`: another person has to approve it first. `sameAs`: the key had been used for the same
 * before; nothing was done twice. What is refused is an error 409 whose `rule` says why.
 */
export const CasinoAnswer = z.object({
  status: z.enum(['done', 'accepted', 'waiting']),
  code: z.string().nullable(),
  sameAs: z.string().nullable(),
});
export type CasinoAnswer = z.infer<typeof CasinoAnswer>;
