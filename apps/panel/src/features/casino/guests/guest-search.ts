import * as z from 'zod';

/** `house`: figures as this desk names them. `classic`: the columns of older systems, with the guest's sign. */
export const statisticsViews = ['house', 'classic'] as const;
export type StatisticsView = (typeof statisticsViews)[number];

/** How a guest's statistics are looked at, as the address says it. */
export const GuestSearch = z.object({
  view: z.enum(statisticsViews).optional().catch(undefined),
  first: z.iso.date().optional().catch(undefined),
  last: z.iso.date().optional().catch(undefined),
});
