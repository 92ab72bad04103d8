import * as z from 'zod';

/** Bytes as upper-case hex, two digits each. */
export const Hex = z
  .string()
  .regex(/^([0-9A-F]{2})+$/)
  .max(1024);
/** One byte as two upper-case hex digits. */
export const HexByte = z.string().regex(/^[0-9A-F]{2}$/);
/** Milliseconds since the Unix epoch. */
export const Moment = z.int();
/** Hundredths of the currency unit, as SAS counts money. */
export const Cents = z.int().nonnegative();
export const Credits = z.int().nonnegative();
/** Counts a machine's facts of one kind across restarts of the agent: 1, 2, 3 …; a number is never used twice. */
export const FactNumber = z.int().positive();
