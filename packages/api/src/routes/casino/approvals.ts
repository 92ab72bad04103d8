import * as z from 'zod';
import { Id, JsonValue, Time } from '../../fields.ts';
import { route } from '../../route.ts';
import { hallParams } from './fields.ts';

/** Something one person wants to do and another has to approve. */
export const CasinoApproval = z.object({
  id: Id,
  act: z.string().describe("'gameDay.close', 'handpay.pay', …"),
  of: JsonValue.describe('What exactly: the approval is good for this and nothing else.'),
  requestedBy: Id,
  requestedAt: Time,
  expiresAt: Time.describe('Ten minutes later.'),
});
export type CasinoApproval = z.infer<typeof CasinoApproval>;

export const casinoApprovalRoutes = {
  listOwnCasinoRequests: route({
    method: 'GET',
    path: '/casino/halls/{hall}/approvals/own',
    summary: 'What the caller has asked for in the last ten minutes, the newest first',
    access: 'casino.view',
    params: hallParams,
    response: z.object({
      items: z.array(
        CasinoApproval.extend({
          approvedBy: Id.nullable().describe('Null: it waits still.'),
          isUsed: z.boolean(),
        }),
      ),
    }),
  }),
  listCasinoApprovals: route({
    method: 'GET',
    path: '/casino/halls/{hall}/approvals',
    summary: 'What waits for a second person',
    access: 'casino.approve',
    params: hallParams,
    response: z.object({ items: z.array(CasinoApproval) }),
  }),
  approveCasinoAct: route({
    method: 'POST',
    path: '/casino/halls/{hall}/approvals/{approval}',
    summary: 'Approve it; whoever asked sends the same again within ten minutes',
    access: 'casino.approve',
    status: 204,
    params: hallParams.extend({ approval: Id }),
  }),
} as const;
