import * as z from 'zod';

/** Which moment a page shows: in the address, so that it can be kept, sent and gone back to. Absent: now. */
export const PastSearch = z.object({ at: z.iso.datetime().optional().catch(undefined) });
export type PastSearch = z.infer<typeof PastSearch>;
