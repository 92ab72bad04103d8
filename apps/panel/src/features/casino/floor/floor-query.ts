import { queryOptions } from '@tanstack/react-query';
import { casinoFloorRoutes } from '@vakhta/api';
import { api } from '../../../app/api.ts';

/** How often the floor is asked for: today's figures. What moves faster comes over the live socket. */
const EVERY = 2_000;

export const floorQuery = (hall: string) =>
  queryOptions({
    queryKey: ['casino', hall, 'floor'],
    queryFn: async ({ signal }) =>
      (await api.call(casinoFloorRoutes.readFloor, { params: { hall } }, { signal })).items,
    refetchInterval: EVERY,
  });
