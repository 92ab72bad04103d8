import * as z from 'zod';
import { PastSearch } from '../../past/past-search.ts';

/** What part of the desk is shown and how: in the address, so that it can be kept, sent and gone back to. */
export const DeskSearch = PastSearch.extend({
  q: z.string().max(120).optional().catch(undefined),
  site: z.string().optional().catch(undefined),
  group: z.string().optional().catch(undefined),
  state: z.enum(['online', 'attention', 'offline']).optional().catch(undefined),
});
export type DeskSearch = z.infer<typeof DeskSearch>;
