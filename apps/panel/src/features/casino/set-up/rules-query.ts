import { queryOptions } from '@tanstack/react-query';
import { casinoFloorRoutes } from '@vakhta/api';
import { api } from '../../../app/api.ts';

export const rulesQuery = (hall: string) =>
  queryOptions({
    queryKey: ['casino', hall, 'rules'],
    queryFn: ({ signal }) => api.call(casinoFloorRoutes.readHallRules, { params: { hall } }, { signal }),
  });
