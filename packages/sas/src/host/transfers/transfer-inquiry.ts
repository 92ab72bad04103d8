import { type Clock, type Duration, sleep } from '@vakhta/kernel';
import type { Fields } from '../../codec/field.ts';
import type { Ask } from '../polls/ask.ts';
import type { PollOutcome } from '../polls/poll-outcome.ts';
import { Amounts, noAmounts, resultOf, type TransferResult } from './transfer-journal.ts';

export interface InquiryDeps {
  readonly ask: Ask;
  readonly clock: Clock;
  /** Resolves when the machine answers polls. */
  readonly whenUp: () => Promise<void>;
  /** Resolves early when the machine told that a transfer is complete (69). */
  readonly nextHint: () => Promise<void>;
  readonly stopped: AbortSignal;
}

/** Facts 8.5: read again no sooner than this. */
const again: Duration = 400;
/** A machine that answers nonsense for so long is for a person. */
const nonsenseAllowed = 25;
const noInformation = 0xff;
const none = { step: 'none' } as const;

type Seen =
  | { readonly step: 'ended'; readonly result: TransferResult }
  | { readonly step: 'pending' }
  | typeof none
  | { readonly step: 'unreadable'; readonly why: string };

/**
 * Finds out what became of a transfer that may or may not have reached the machine: by its id, first as the current
 * transfer, then in the history. Never sends it again.
 */
export class TransferInquiry {
  readonly #deps: InquiryDeps;

  constructor(deps: InquiryDeps) {
    this.#deps = deps;
  }

  /** Waits as long as the link is down and as long as the transfer is pending. Undefined when the host stops first. */
  async settle(id: string, transferType: number): Promise<TransferResult | undefined> {
    const evidence: string[] = [];
    while (!this.#deps.stopped.aborted) {
      await this.#deps.whenUp();
      if (this.#deps.stopped.aborted) return undefined;
      const current = await this.#read(0, id, transferType);
      if (current.step === 'ended') return current.result;
      if (current.step === 'none') {
        const old = await this.#history(id, transferType);
        if (old.step === 'ended') return old.result;
        if (old.step === 'none')
          return { id, state: 'failed', transferType, reason: 'the machine never received it' };
        if (old.step === 'unreadable') evidence.push(old.why);
      } else if (current.step === 'unreadable') evidence.push(current.why);
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

  /** The last transfers, newest first. A machine without history cannot tell that it never received one. */
  async #history(id: string, transferType: number): Promise<Seen> {
    for (let back = 1; back <= depth; back++) {
      const seen = await this.#read(256 - back, id, transferType);
      if (seen.step === 'ended' || seen.step === 'unreadable') return seen;
      if (seen.step === 'none' && this.#wasEmpty) return back === 1 ? this.#whenNoHistory() : none;
    }
    return none;
  }

  #wasEmpty = false;

  /** No transfer at all in the history: only a machine that keeps one can say that. */
  async #whenNoHistory(): Promise<Seen> {
    const status = await this.#deps.ask(
      'aftLock',
      { lockCode: 0xff, transferCondition: '00', lockTimeout: 0 },
      { priority: 'conversation' },
    );
    if (!status.ok || status.kind !== 'data') return unreadable(status, 'lock and status');
    return Number(status.fields.maxBufferIndex) > 0
      ? none
      : { step: 'unreadable', why: 'the machine keeps no history of transfers' };
  }

  async #read(transactionIndex: number, id: string, transferType: number): Promise<Seen> {
    const outcome = await this.#deps.ask(
      'aftTransfer',
      { transferCode: 0xff, transactionIndex },
      { priority: 'conversation' },
    );
    if (!outcome.ok || outcome.kind !== 'data') return unreadable(outcome, `transfer ${transactionIndex}`);
    const { fields } = outcome;
    const status = Number(fields.transferStatus);
    this.#wasEmpty = fields.transactionId === undefined && status === noInformation;
    if (fields.transactionId !== id) {
      if (fields.transactionId === undefined && status !== noInformation)
        return { step: 'unreadable', why: `transfer ${transactionIndex} has status ${status} and no id` };
      return none;
    }
    const result = resultOf(id, transferType, status, amountsOf(fields));
    return result ? { step: 'ended', result } : { step: 'pending' };
  }
}

/** How far back a lost transfer is looked for; at most one of ours is open at a time. */
const depth = 8;

const unreadable = (outcome: PollOutcome, what: string): Seen => ({
  step: 'unreadable',
  why: `${what}: ${outcome.ok ? outcome.kind : outcome.error.code}`,
});

/** The amounts of an answer; those that it leaves out are zero. */
export function amountsOf(fields: Fields): Amounts {
  const parsed = Amounts.safeParse(fields);
  return parsed.success ? parsed.data : noAmounts;
}
