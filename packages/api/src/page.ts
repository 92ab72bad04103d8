import * as z from 'zod';

/** How every list is asked for. */
export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  /** As given in `next` of the page before. */
  cursor: z.string().max(200).optional(),
});

/** How every list is answered. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: z.string().nullable() });
