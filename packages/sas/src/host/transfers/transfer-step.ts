import type { Amounts } from './transfer-journal.ts';

/** A transfer as a machine tells it: `id` undefined where it names none. */
export interface ToldTransfer {
  readonly id: string | undefined;
  /** Facts 8.5; 255: no information. */
  readonly status: number;
  readonly amounts: Amounts;
}

/** What is said to a machine about a transfer, and what it says: evidence for whoever has to judge. */
export type TransferStep = {
  readonly id: string;
  readonly transferType: number;
} /** It is in the journal and goes on the wire next. */ & (
  | { readonly step: 'sending' }
  /** It was never on the wire, and will not be. */
  | { readonly step: 'notSent'; readonly reason: string }
  /** The answer to the order was not heard, or says nothing of the order. */
  | { readonly step: 'noReply'; readonly reason: string }
  | { readonly step: 'initiateReply' | 'interrogateReply'; readonly told: ToldTransfer }
  /** Newest first. */
  | { readonly step: 'historyReply'; readonly entries: readonly ToldTransfer[] }
);
