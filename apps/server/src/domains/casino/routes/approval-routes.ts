import { type CasinoApproval, casinoApprovalRoutes as routes } from '@vakhta/api';
import type { Json } from '@vakhta/kernel';
import type { Api } from '../../../core/access/api.ts';
import { recordAudit } from '../../../core/audit/audit.ts';
import { HttpProblem, notFound } from '../../../platform/http/http-problem.ts';
import type { ActDeps } from './acts.ts';
import { APPROVAL_LIFETIME, type Approval, requestsOf, waitingApprovals } from './approvals.ts';
import { inHall } from './in-hall.ts';

export function casinoApprovalRoutes(api: Api, deps: ActDeps): void {
  api.implement(routes.listCasinoApprovals, ({ principal, params }) =>
    inHall(deps, principal, params.hall, async (hall) => ({
      items: (await waitingApprovals(hall, deps.clock)).map(toApproval),
    })),
  );

  api.implement(routes.listOwnCasinoRequests, ({ principal, params }) =>
    inHall(deps, principal, params.hall, async (hall) => ({
      items: (await requestsOf(hall, deps.clock, principal.member)).map((one) => ({
        ...toApproval(one),
        approvedBy: one.approved_by,
        isUsed: one.used_at !== null,
      })),
    })),
  );

  api.implement(routes.approveCasinoAct, ({ principal, params }) =>
    inHall(deps, principal, params.hall, async (hall) => {
      const approval = (await waitingApprovals(hall, deps.clock)).find(({ id }) => id === params.approval);
      if (!approval) throw notFound('approval that waits');
      if (approval.requested_by === principal.member)
        throw new HttpProblem('conflict', 'nobody approves what they asked for', { rule: 'self_approval' });
      await hall.tx
        .updateTable('casino_approvals')
        .set({ approved_by: principal.member })
        .where('id', '=', approval.id)
        .execute();
      await recordAudit(hall.tx, {
        organisation: principal.organisation,
        actor: { kind: 'member', id: principal.member },
        action: 'casino.act_approved',
        subject: { kind: 'hall', id: params.hall },
        detail: { act: approval.act as Json, requestedBy: approval.requested_by },
      });
      return undefined;
    }),
  );
}

function toApproval(one: Approval): CasinoApproval {
  const { kind, ...of } = one.act as { kind: string } & Record<string, Json>;
  return {
    id: one.id,
    act: kind,
    of,
    requestedBy: one.requested_by,
    requestedAt: one.requested_at.toISOString(),
    expiresAt: new Date(one.requested_at.getTime() + APPROVAL_LIFETIME).toISOString(),
  };
}
