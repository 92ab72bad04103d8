import { queryOptions } from '@tanstack/react-query';
import { casinoGuestRoutes } from '@vakhta/api';
import { api } from '../../../app/api.ts';

const EVERY = 5_000;

export const guestsQuery = (hall: string) =>
  queryOptions({
    queryKey: ['casino', hall, 'players'],
    queryFn: async ({ signal }) =>
      (await api.call(casinoGuestRoutes.listPlayers, { params: { hall } }, { signal })).items,
    refetchInterval: EVERY,
  });

/** Statuses and groups, archived ones too: guests may have them still. */
export const labelsQuery = (hall: string) =>
  queryOptions({
    queryKey: ['casino', hall, 'guest-labels'],
    queryFn: async ({ signal }) =>
      (await api.call(casinoGuestRoutes.listGuestLabels, { params: { hall } }, { signal })).items,
    staleTime: 60_000,
  });

export const statisticsQuery = (hall: string, player: string, days: { first?: string; last?: string }) =>
  queryOptions({
    queryKey: ['casino', hall, 'statistics', player, days],
    queryFn: ({ signal }) =>
      api.call(casinoGuestRoutes.readGuestStatistics, { params: { hall, player }, query: days }, { signal }),
  });
