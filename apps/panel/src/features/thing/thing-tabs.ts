import * as z from 'zod';
import { PastSearch } from '../../past/past-search.ts';

export const thingTabs = ['overview', 'history', 'events', 'commands', 'log'] as const;

/** Which part of a thing's page is open: in the address. */
export const ThingSearch = PastSearch.extend({ tab: z.enum(thingTabs).optional().catch(undefined) });
