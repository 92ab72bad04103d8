import * as z from 'zod';
import { Cents, HexByte } from './scalars.ts';
import { CreditKind, TransferDirection, TransferId } from './transfer-order.ts';

export const TransferMessage = z.enum([
  /** It is in the agent's journal and goes on the wire next. From here on nobody may say it did not happen. */
  'sent',
  /** Proven not to have been on the wire: final. */
  'notSent',
  /** Silence or damage: it may have been carried out. */
  'noReply',
  /** The answer to the order itself. */
  'initiateReply',
  /** The answer to "what became of it?". */
  'interrogateReply',
  /** The machine's history, newest first. */
  'historyReply',
]);
export type TransferMessage = z.infer<typeof TransferMessage>;

/**
 * One step in the life of a transfer, as evidence: what was said to the machine and what it said. The server decides what
 * it means. Final are `notSent`; statuses 00 and 01 with their amount; 80–9F but for 81. A history without the transfer
 * and a no-information reply do not yet mean that nothing moved: compare the readings `beforeTransfer` and
 * `afterTransfer`.
 */
export const TransferFact = z.strictObject({
  transfer: TransferId,
  kind: CreditKind,
  direction: TransferDirection,
  requestedCents: Cents,
  message: TransferMessage,
  /** SAS transfer status of a reply about this transfer: '00' done, '01' in part, '40' pending, 'FF' no information, … */
  status: HexByte.nullable(),
  /** What the machine says was moved; null where it does not say. */
  amountCents: Cents.nullable(),
  /** Of a `historyReply`: other hosts' transfers have a null id. Empty: the machine's history does not have it. */
  entries: z
    .array(
      z.strictObject({ transfer: TransferId.nullable(), status: HexByte, amountCents: Cents.nullable() }),
    )
    .max(127)
    .default([]),
  /** For engineers. */
  reason: z.string().max(500).nullable(),
});
export type TransferFact = z.infer<typeof TransferFact>;
