import { z } from 'zod';

/** What the program decides about a ticket: pay it, or one of the refusals of facts 8.4. */
export const TicketDecision = z.discriminatedUnion('accept', [
  z.object({
    accept: z.literal(true),
    amountCents: z.int().min(1),
    /** 0 cashable, 1 restricted, 2 nonrestricted. */
    kind: z.union([z.literal(0), z.literal(1), z.literal(2)]),
    restrictedExpiration: z.string().optional(),
    poolId: z.int().optional(),
  }),
  z.object({ accept: z.literal(false), code: z.int().min(0x80).max(0xfe) }),
]);
export type TicketDecision = z.infer<typeof TicketDecision>;

/** A ticket in the acceptor: 18 digits, or what the machine's parser made of the barcode. */
export interface TicketInserted {
  readonly validationData: string;
  /** What the machine believes it is worth; 0 is unknown. */
  readonly amountCents: number;
}

export const TicketInResult = z.object({
  id: z.string(),
  validationData: z.string(),
  /** Paid by the machine; given back; or for a person to find out. */
  state: z.enum(['redeemed', 'returned', 'unresolved']),
  amountCents: z.int().min(0),
  /** The machine's own word (facts 8.4), where it gave one. */
  status: z.int().optional(),
  reason: z.string(),
});
export type TicketInResult = z.infer<typeof TicketInResult>;

export const TicketInFacts = z.discriminatedUnion('step', [
  z.object({ step: z.literal('decided'), validationData: z.string(), decision: TicketDecision }),
  z.object({ step: z.literal('ended'), result: TicketInResult }),
  z.object({ step: z.literal('delivered') }),
]);
export type TicketInFacts = z.infer<typeof TicketInFacts>;
