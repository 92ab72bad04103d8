import * as z from 'zod';

/** Which machine answers: read after every return of the link or of the machine's power, after its options changed, and on request. */
export const Identity = z.strictObject({
  cause: z.enum(['linkUp', 'power', 'optionsChanged', 'request']),
  /** Null when the machine does not tell one. */
  serial: z.string().max(64).nullable(),
  /** Four hex digits by the seed of the configuration; null where the machine does not know poll 21. */
  romSignature: z
    .string()
    .regex(/^[0-9A-F]{4}$/)
    .nullable(),
  sasVersion: z.string().max(8).nullable(),
  gameId: z.string().max(8).nullable(),
  paytable: z.string().max(16).nullable(),
  assetNumber: z.int().nonnegative().nullable(),
  /** Another serial or signature than the one this agent saw last. */
  isChanged: z.boolean(),
});
export type Identity = z.infer<typeof Identity>;
