import { useQuery } from '@tanstack/react-query';
import { useMay } from '../../app/session.ts';
import { casinoAlertsQuery } from './alerts/alerts-query.ts';
import { approvalsQuery } from './approvals/approvals-query.ts';
import { inboxQuery } from './inbox/inbox-query.ts';

const EVERY = 15_000;

/** How many things wait behind a tab of the hall. */
export function useTabCounts(hall: string): { alerts: number; inbox: number; approvals: number } {
  const mayApprove = useMay()('casino.approve');
  const inbox = useQuery({ ...inboxQuery(hall), refetchInterval: EVERY }).data;
  const approvals = useQuery({
    ...approvalsQuery(hall),
    refetchInterval: EVERY,
    enabled: mayApprove,
  }).data;
  const alerts = useQuery({ ...casinoAlertsQuery(hall), refetchInterval: EVERY }).data;
  return {
    // What nobody is on yet and cannot wait.
    alerts:
      alerts?.open.filter(
        ({ severity, acknowledgedAt }) =>
          acknowledgedAt === null && (severity === 'critical' || severity === 'high'),
      ).length ?? 0,
    inbox: inbox?.items.length ?? 0,
    approvals: approvals ? approvals.acts.length + approvals.transfers.length : 0,
  };
}
