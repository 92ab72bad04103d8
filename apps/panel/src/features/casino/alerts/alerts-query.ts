import { queryOptions } from '@tanstack/react-query';
import { casinoAlertRoutes } from '@vakhta/api';
import { hours, systemClock } from '@vakhta/kernel';
import { api } from '../../../app/api.ts';

const EVERY = 3_000;
/** How long an alert that is over is still shown. */
const CLEARED_SHOWN = hours(24);

export const casinoAlertsQuery = (hall: string) =>
  queryOptions({
    queryKey: ['casino', hall, 'alerts'],
    queryFn: ({ signal }) =>
      api.call(
        casinoAlertRoutes.listCasinoAlerts,
        {
          params: { hall },
          query: { clearedSince: new Date(systemClock.now() - CLEARED_SHOWN).toISOString() },
        },
        { signal },
      ),
    refetchInterval: EVERY,
  });
