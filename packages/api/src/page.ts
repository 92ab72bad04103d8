import * as z from 'zod';

/** How every list is asked for. */
export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(1000).default(100).describe('How many items at most.'),
  cursor: z.string().max(200).optional().describe('As given in `next` of the page before.'),
});

/** How every list is answered. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: z.string().nullable() });
