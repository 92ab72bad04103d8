import { queryOptions } from '@tanstack/react-query';
import { casinoFloorRoutes } from '@vakhta/api';
import { api } from '../../../app/api.ts';

const EVERY = 5_000;

/** What waits to be looked into in a hall, and what was decided and may be taken back. */
export const inboxQuery = (hall: string) =>
  queryOptions({
    queryKey: ['casino', hall, 'inbox'],
    queryFn: ({ signal }) => api.call(casinoFloorRoutes.readInbox, { params: { hall } }, { signal }),
    refetchInterval: EVERY,
  });
