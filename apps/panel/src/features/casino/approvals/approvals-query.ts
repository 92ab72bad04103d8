import { queryOptions } from '@tanstack/react-query';
import { casinoApprovalRoutes, casinoCashRoutes } from '@vakhta/api';
import { api } from '../../../app/api.ts';

const EVERY = 3_000;

/** What waits for a second person in a hall: acts that were refused without one, and transfers above the limit. */
export const approvalsQuery = (hall: string) =>
  queryOptions({
    queryKey: ['casino', hall, 'approvals'],
    queryFn: async () => {
      const params = { hall };
      const [acts, transfers] = await Promise.all([
        api.call(casinoApprovalRoutes.listCasinoApprovals, { params }),
        api.call(casinoCashRoutes.listTransfers, { params, query: { limit: 200 } }),
      ]);
      return {
        acts: acts.items,
        transfers: transfers.items.filter(({ state }) => state === 'waiting_approval'),
      };
    },
    refetchInterval: EVERY,
  });
