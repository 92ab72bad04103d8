import { lazy } from 'react';

/** The charts' library is fetched when somebody looks at a chart. */
export const ThingHistory = lazy(async () => ({
  default: (await import('./thing-history.tsx')).ThingHistory,
}));
