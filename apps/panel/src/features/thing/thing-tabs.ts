import * as z from 'zod';

export const thingTabs = ['overview', 'events', 'commands', 'log'] as const;

/** Which part of a thing's page is open: in the address. */
export const ThingSearch = z.object({ tab: z.enum(thingTabs).optional().catch(undefined) });
