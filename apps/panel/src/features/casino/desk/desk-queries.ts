import { queryOptions } from '@tanstack/react-query';
import { casinoCashRoutes, type TransferState } from '@vakhta/api';
import { api } from '../../../app/api.ts';

const EVERY = 2_000;
/** While money is on its way, the cashier waits for the next step of it. */
const WHILE_UNDER_WAY = 500;

export const desksQuery = (hall: string) =>
  queryOptions({
    queryKey: ['casino', hall, 'desks'],
    queryFn: async () => (await api.call(casinoCashRoutes.listDesks, { params: { hall } })).items,
    refetchInterval: EVERY,
  });

export const transfersQuery = (hall: string, desk: string) =>
  queryOptions({
    queryKey: ['casino', hall, 'transfers', desk],
    queryFn: async () =>
      (await api.call(casinoCashRoutes.listTransfers, { params: { hall }, query: { desk, limit: 50 } }))
        .items,
    refetchInterval: EVERY,
  });

export const isUnderWay = (state: TransferState): boolean =>
  state === 'waiting_approval' || state === 'sent' || state === 'pending' || state === 'unknown';

export const transferQuery = (hall: string, key: string) =>
  queryOptions({
    queryKey: ['casino', hall, 'transfer', key],
    queryFn: () => api.call(casinoCashRoutes.readTransfer, { params: { hall, key } }),
    refetchInterval: ({ state: { data } }) => (data && !isUnderWay(data.state) ? false : WHILE_UNDER_WAY),
  });
