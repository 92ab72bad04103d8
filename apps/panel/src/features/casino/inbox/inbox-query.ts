import { queryOptions } from '@tanstack/react-query';
import { casinoFloorRoutes } from '@vakhta/api';
import { api } from '../../../app/api.ts';

const EVERY = 5_000;

/** What waits to be looked into in a hall. */
export const inboxQuery = (hall: string) =>
  queryOptions({
    queryKey: ['casino', hall, 'inbox'],
    queryFn: async () => (await api.call(casinoFloorRoutes.readInbox, { params: { hall } })).items,
    refetchInterval: EVERY,
  });
