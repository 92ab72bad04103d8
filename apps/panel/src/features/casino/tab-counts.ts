import { useQuery } from '@tanstack/react-query';
import { useMay } from '../../app/session.ts';
import { approvalsQuery } from './approvals/approvals-query.ts';
import { inboxQuery } from './inbox/inbox-query.ts';

const EVERY = 15_000;

/** How many things wait behind a tab of the hall. */
export function useTabCounts(hall: string): { inbox: number; approvals: number } {
  const mayApprove = useMay()('casino.approve');
  const inbox = useQuery({ ...inboxQuery(hall), refetchInterval: EVERY }).data;
  const approvals = useQuery({
    ...approvalsQuery(hall),
    refetchInterval: EVERY,
    enabled: mayApprove,
  }).data;
  return {
    inbox: inbox?.length ?? 0,
    approvals: approvals ? approvals.acts.length + approvals.transfers.length : 0,
  };
}
