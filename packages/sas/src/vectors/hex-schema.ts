import { z } from 'zod';
import { fromHex } from '../codec/hex.ts';

/** Upper-case hex of whole bytes. */
export const HexBytes = z
  .string()
  .regex(/^([0-9A-F]{2})*$/)
  .transform((text) => fromHex(text)!);
