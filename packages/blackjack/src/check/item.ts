import { z } from 'zod';

const numbers = z.array(z.number().nullable());

/** One reference result: what is asked, of which game, what is expected. Form: the README, "Reference files". */
export const itemSchema = z.object({
  id: z.string(),
  kind: z.string(),
  rules: z.unknown(),
  strategy: z.string().nullable().default(null),
  expect: z.object({
    ev: z.number().nullish(),
    evFraction: z.string().nullish(),
    counts: z.record(z.string(), z.int().nullable()).nullish(),
    evByUp: numbers.nullish(),
    evTD: z.number().nullish(),
    ev2C: z.number().nullish(),
    hands: z.object({ columns: z.array(z.string()), rows: z.array(numbers) }).nullish(),
    dealer: z.object({ columns: z.array(z.string()), rows: z.array(numbers.nullable()) }).nullish(),
    eor: numbers.nullish(),
    baseEv: z.number().nullish(),
    evUnconditional: z.number().nullish(),
    evNoDealerBJ: z.number().nullish(),
  }),
  tol: z.number().min(0),
  /** false: the expected value is itself an estimate; shown apart and not scored. */
  exact: z.boolean().default(true),
  pair: z.int().min(1).max(10).optional(),
  up: z.int().min(1).max(10).optional(),
  bet: z.unknown().optional(),
});
export type Item = z.infer<typeof itemSchema>;

export const referenceFileSchema = z.object({ items: z.array(z.unknown()) });
