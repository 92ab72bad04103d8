import { z } from 'zod';
import { transferStatuses } from '../../tables/transfers.ts';

const cents = z.int().min(0);
export const Amounts = z.object({
  cashableCents: cents,
  restrictedCents: cents,
  nonrestrictedCents: cents,
});
export type Amounts = z.infer<typeof Amounts>;

export const noAmounts: Amounts = { cashableCents: 0, restrictedCents: 0, nonrestrictedCents: 0 };
export const totalOf = (amounts: Amounts): number =>
  amounts.cashableCents + amounts.restrictedCents + amounts.nonrestrictedCents;

/** What is to be moved: written before anything of it is on the wire. */
export const TransferOrder = z.object({
  /** Facts 8.5: 0x00 in-house to the machine, 0x10 bonus, 0x40 debit to the machine, 0x80 in-house to the host ... */
  transferType: z.int().min(0).max(255),
  amounts: Amounts,
  partialAllowed: z.boolean(),
  assetNumber: z.int().min(0),
  registrationKey: z.string(),
  transferFlags: z.string(),
  /** The machine's last transfer before this one, null where there was none: only what came after can be this one. */
  after: z.string().nullable(),
});
export type TransferOrder = z.infer<typeof TransferOrder>;

/** How a transfer ended. `unresolved` is for a person: the evidence is all that is known. */
export const TransferResult = z.discriminatedUnion('state', [
  z.object({
    id: z.string(),
    state: z.literal('completed'),
    transferType: z.int(),
    amounts: Amounts,
    partial: z.boolean(),
  }),
  z.object({
    id: z.string(),
    state: z.literal('failed'),
    transferType: z.int(),
    /** Nothing was moved; the machine's own status where it gave one. */
    reason: z.string(),
    status: z.int().optional(),
  }),
  z.object({
    id: z.string(),
    state: z.literal('unresolved'),
    transferType: z.int(),
    reason: z.string(),
    evidence: z.array(z.string()),
  }),
]);
export type TransferResult = z.infer<typeof TransferResult>;

export const TransferFacts = z.discriminatedUnion('step', [
  z.object({ step: z.literal('ordered'), order: TransferOrder }),
  z.object({ step: z.literal('ended'), result: TransferResult }),
  z.object({ step: z.literal('delivered') }),
]);
export type TransferFacts = z.infer<typeof TransferFacts>;

/** What a status of the machine says about a transfer that it knows. */
export function resultOf(
  id: string,
  transferType: number,
  status: number,
  amounts: Amounts,
): TransferResult | undefined {
  if (status === 0x40) return undefined;
  if (status === 0x00 || status === 0x01)
    return { id, state: 'completed', transferType, amounts, partial: status === 0x01 };
  return {
    id,
    state: 'failed',
    transferType,
    status,
    reason: transferStatuses[status] ?? `status ${status}`,
  };
}
