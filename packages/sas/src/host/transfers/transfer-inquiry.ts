import { type Clock, type Duration, sleep } from '@vakhta/kernel';
import type { Fields } from '../../codec/field.ts';
import type { Ask } from '../polls/ask.ts';
import type { PollOutcome } from '../polls/poll-outcome.ts';
import { Amounts, noAmounts, resultOf, type TransferOrder, type TransferResult } from './transfer-journal.ts';
import type { ToldTransfer, TransferStep } from './transfer-step.ts';

export interface InquiryDeps {
  readonly ask: Ask;
  readonly clock: Clock;
  /** Resolves when the machine answers polls. */
  readonly whenUp: () => Promise<void>;
  /** Resolves early when the machine told that a transfer is complete (69). */
  readonly nextHint: () => Promise<void>;
  readonly stopped: AbortSignal;
  readonly onStep: (step: TransferStep) => Promise<void>;
}

/** Facts 8.5: read again no sooner than this. */
const again: Duration = 400;
/** A machine that answers nonsense for so long is for a person. */
const nonsenseAllowed = 25;
const noInformation = 0xff;

type Seen = { readonly told?: ToldTransfer } & (
  | { readonly step: 'ended'; readonly result: TransferResult }
  | { readonly step: 'pending' }
  /** Another transfer, or none at all where its place is empty. */
  | { readonly step: 'other'; readonly id: string | undefined }
  /** The machine never had it. */
  | { readonly step: 'never' }
  | { readonly step: 'unreadable'; readonly why: string }
);

/**
 * Finds out what became of a transfer that may or may not have reached the machine: by its id, first as the current
 * transfer, then in the history. Never sends it again.
 */
export class TransferInquiry {
  readonly #deps: InquiryDeps;

  constructor(deps: InquiryDeps) {
    this.#deps = deps;
  }

  /**
   * The id of the machine's last transfer: null when it has had none, or keeps none. Undefined when it cannot be asked
   * now. Whatever lies open from before is closed first, by reading it to its end (facts 8.5).
   */
  async last(): Promise<{ readonly id: string | null } | undefined> {
    for (let tries = 0; tries < 2; tries++) {
      const current = await this.#ask(0);
      if (current.fields === undefined) return undefined;
      const { fields } = await this.#ask(newest);
      if (fields !== undefined)
        return { id: typeof fields.transactionId === 'string' ? fields.transactionId : null };
    }
    return { id: null };
  }

  /** Waits as long as the link is down and as long as the transfer is pending. Undefined when the host stops first. */
  async settle(
    id: string,
    { transferType, after }: Pick<TransferOrder, 'transferType' | 'after'>,
  ): Promise<TransferResult | undefined> {
    const evidence: string[] = [];
    let lastStatus: number | undefined;
    while (!this.#deps.stopped.aborted) {
      await this.#deps.whenUp();
      if (this.#deps.stopped.aborted) return undefined;
      const current = await this.#read(0, id, transferType);
      // A transfer that is pending says so many times a second; once is evidence enough.
      if (current.told && current.told.status !== lastStatus) {
        lastStatus = current.told.status;
        await this.#deps.onStep({ id, transferType, step: 'interrogateReply', told: current.told });
      }
      let seen = current;
      if (current.step === 'other') {
        const entries: ToldTransfer[] = [];
        seen = await this.#search(id, { transferType, after }, entries);
        if (seen.step !== 'unreadable')
          await this.#deps.onStep({ id, transferType, step: 'historyReply', entries });
      }
      if (seen.step === 'ended') return seen.result;
      if (seen.step === 'never')
        return { id, state: 'failed', transferType, reason: 'the machine never received it' };
      if (seen.step === 'unreadable') evidence.push(seen.why);
      if (evidence.length >= nonsenseAllowed)
        return {
          id,
          state: 'unresolved',
          transferType,
          reason: 'the machine does not tell what became of it',
          evidence: [...new Set(evidence)],
        };
      await this.#pause();
    }
    return undefined;
  }

  async #pause(): Promise<void> {
    const { clock, nextHint, stopped } = this.#deps;
    await Promise.race([sleep(clock, again, stopped).catch(() => {}), nextHint()]);
  }

  /** Through the history, newest first, back to the transfer before ours: nothing else proves that ours never was. */
  async #search(
    id: string,
    { transferType, after }: Pick<TransferOrder, 'transferType' | 'after'>,
    entries: ToldTransfer[],
  ): Promise<Seen> {
    for (let index = newest; index >= oldest; index--) {
      const seen = await this.#read(index, id, transferType);
      if (seen.told?.id !== undefined) entries.push(seen.told);
      if (seen.step !== 'other') return seen;
      if (seen.id !== undefined && seen.id === after) return { step: 'never' };
      if (seen.id === undefined) return this.#atEndOfHistory(after);
    }
    return { step: 'unreadable', why: 'its history does not reach back to the transfer before' };
  }

  /** Nothing older: the whole history was seen, if there is one. */
  async #atEndOfHistory(after: TransferOrder['after']): Promise<Seen> {
    if (typeof after === 'string')
      return { step: 'unreadable', why: 'its history has lost the transfer before' };
    const keeps = await this.#keepsHistory();
    if (keeps === true) return { step: 'never' };
    return { step: 'unreadable', why: keeps === false ? 'it keeps no history of transfers' : keeps };
  }

  /** Or why it does not tell. */
  async #keepsHistory(): Promise<boolean | string> {
    const status = await this.#deps.ask(
      'aftLock',
      { lockCode: 0xff, transferCondition: '00', lockTimeout: 0 },
      { priority: 'conversation' },
    );
    if (!status.ok || status.kind !== 'data') return whyNot(status, 'lock and status');
    return status.fields.maxBufferIndex > 0;
  }

  async #read(transactionIndex: number, id: string, transferType: number): Promise<Seen> {
    const { fields, why } = await this.#ask(transactionIndex);
    if (fields === undefined) return { step: 'unreadable', why };
    const told = toldBy(fields);
    if (told.id === id) {
      const result = resultOf(id, transferType, told.status, told.amounts);
      return result ? { step: 'ended', result, told } : { step: 'pending', told };
    }
    if (told.id === undefined && told.status !== noInformation)
      return { step: 'unreadable', why: `transfer ${transactionIndex} has status ${told.status} and no id` };
    return { step: 'other', id: told.id, told };
  }

  async #ask(
    transactionIndex: number,
  ): Promise<
    { readonly fields: Fields; readonly why?: never } | { readonly fields?: never; readonly why: string }
  > {
    const outcome = await this.#deps.ask(
      'aftTransfer',
      { transferCode: 0xff, transactionIndex },
      { priority: 'conversation' },
    );
    return outcome.ok && outcome.kind === 'data'
      ? { fields: outcome.fields }
      : { why: whyNot(outcome, `transfer ${transactionIndex}`) };
  }
}

/** Facts 8.5: indexes relative to the last transfer, FF the last itself. */
const newest = 0xff;
const oldest = 0x81;

const whyNot = (outcome: PollOutcome, what: string): string =>
  `${what}: ${outcome.ok ? outcome.kind : outcome.error.code}`;

/** The transfer that an answer to 72 is about. */
export const toldBy = (fields: Fields): ToldTransfer => ({
  id: typeof fields.transactionId === 'string' ? fields.transactionId : undefined,
  status: Number(fields.transferStatus),
  amounts: amountsOf(fields),
});

/** The amounts of an answer; those that it leaves out are zero. */
function amountsOf(fields: Fields): Amounts {
  const parsed = Amounts.safeParse(fields);
  return parsed.success ? parsed.data : noAmounts;
}
