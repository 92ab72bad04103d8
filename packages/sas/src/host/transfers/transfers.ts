import { type Clock, type Random, UsageError } from '@vakhta/kernel';
import { Cents } from '../../codec/money.ts';
import type { Journal, JournalEntry } from '../journal/journal.ts';
import type { Ask } from '../polls/ask.ts';
import { newTransactionId } from './transaction-id.ts';
import { amountsOf, type InquiryDeps, TransferInquiry } from './transfer-inquiry.ts';
import {
  type Amounts,
  noAmounts,
  resultOf,
  TransferFacts,
  type TransferOrder,
  type TransferResult,
  totalOf,
} from './transfer-journal.ts';

/** What a program asks for; amounts that are left out are zero. */
export interface TransferRequest {
  readonly to: 'machine' | 'host';
  readonly amounts: Partial<Amounts>;
  /** Take what fits when it is not all; the default is all or nothing. */
  readonly partialAllowed?: boolean;
  /** Another type than in-house (facts 8.5). */
  readonly transferType?: number;
  readonly registrationKey?: string;
  /** Two hex digits, facts 8.5. */
  readonly transferFlags?: string;
}

export interface TransfersDeps extends Omit<InquiryDeps, 'nextHint'> {
  readonly journal: Journal;
  readonly random: Random;
  readonly clock: Clock;
  readonly ask: Ask;
  /** What the machine calls itself in transfers; undefined when it does not tell. */
  readonly assetNumber: () => Promise<number | undefined>;
  /** Takes a result for good; called again after a crash until it has resolved once. */
  readonly deliver: (result: TransferResult) => Promise<void>;
}

const noKey = '0'.repeat(40);

/**
 * Facts 8.5, so that not a cent is made or lost: an order is in the journal before it is on the wire, its id is never
 * sent twice after any doubt, and a doubt ends by asking the machine for that id.
 */
export class Transfers {
  readonly #deps: TransfersDeps;
  readonly #inquiry: TransferInquiry;
  #last: Promise<unknown> = Promise.resolve();
  #hint: () => void = () => {};
  #working = 0;

  constructor(deps: TransfersDeps) {
    this.#deps = deps;
    this.#inquiry = new TransferInquiry({
      ...deps,
      nextHint: () =>
        new Promise((resolve) => {
          this.#hint = resolve;
        }),
    });
  }

  /** The machine told that a transfer is complete (69). */
  onComplete(): void {
    this.#hint();
  }

  /** Moves money; one transfer at a time, in the order of the calls. Undefined: the host stopped, the journal has it. */
  transfer(request: TransferRequest): Promise<TransferResult | undefined> {
    return this.#inTurn(() => this.#begin(request));
  }

  /** Goes on with what a crash left open. */
  async resume(): Promise<void> {
    const entries = (await this.#deps.journal.open()).filter(({ kind }) => kind === 'transfer');
    const ids = [...new Set(entries.map(({ id }) => id))];
    for (const id of ids)
      await this.#inTurn(() =>
        this.#resumeOne(
          id,
          entries.filter((entry) => entry.id === id),
        ),
      );
  }

  /** A transfer is being followed to its end: nobody else is to read its result. */
  get isWorking(): boolean {
    return this.#working > 0;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    this.#working++;
    const done = this.#last.then(work).finally(() => {
      this.#working--;
    });
    this.#last = done.catch(() => {});
    return done;
  }

  async #begin(request: TransferRequest): Promise<TransferResult | undefined> {
    const { ask, journal } = this.#deps;
    const amounts = { ...noAmounts, ...request.amounts };
    if (totalOf(amounts) === 0) throw new UsageError('sas.nothing_to_transfer', 'a transfer moves something');
    const id = newTransactionId(this.#deps);
    const transferType = request.transferType ?? (request.to === 'machine' ? 0x00 : 0x80);
    const assetNumber = await this.#deps.assetNumber();
    if (assetNumber === undefined)
      return { id, state: 'failed', transferType, reason: 'the machine does not tell its asset number' };
    const order: TransferOrder = {
      transferType,
      amounts,
      partialAllowed: request.partialAllowed ?? false,
      assetNumber,
      registrationKey: request.registrationKey ?? noKey,
      transferFlags: request.transferFlags ?? '00',
    };
    await journal.write(this.#entry(id, { step: 'ordered', order }));
    // Whatever lies open from before is closed by reading it to its end (facts 8.5).
    await ask('aftTransfer', { transferCode: 0xff, transactionIndex: 0 }, { priority: 'conversation' });
    const result = (await this.#send(id, order)) ?? (await this.#inquiry.settle(id, transferType));
    return result && this.#end(result);
  }

  /** Puts the order on the wire, once; gives the result when it is certain at once. */
  async #send(id: string, order: TransferOrder): Promise<TransferResult | undefined> {
    const { transferType, amounts, partialAllowed, ...rest } = order;
    const outcome = await this.#deps.ask(
      'aftTransfer',
      {
        transferCode: partialAllowed ? 0x01 : 0x00,
        transactionIndex: 0,
        transferType,
        cashableCents: Cents(amounts.cashableCents),
        restrictedCents: Cents(amounts.restrictedCents),
        nonrestrictedCents: Cents(amounts.nonrestrictedCents),
        ...rest,
        transactionId: id,
        expiration: '00000000',
        poolId: 0,
        receiptData: [],
      },
      { priority: 'command' },
    );
    if (!outcome.ok)
      return outcome.error.sent === 0
        ? { id, state: 'failed', transferType, reason: `it was never sent: ${outcome.error.code}` }
        : undefined;
    if (outcome.kind !== 'data') return undefined;
    const status = Number(outcome.fields.transferStatus);
    // A repeat that the machine took for a new order is refused because of itself: only asking tells.
    if (status < 0x80 || status === sameId || status === cycleOpen || status === noInformation)
      return undefined;
    return resultOf(id, transferType, status, amountsOf(outcome.fields));
  }

  async #resumeOne(id: string, entries: readonly JournalEntry[]): Promise<void> {
    const steps = entries.map(({ facts }) => TransferFacts.parse(facts));
    const ended = steps.find((step) => step.step === 'ended');
    const ordered = steps.find((step) => step.step === 'ordered');
    if (ended) await this.#deliver(ended.result);
    else if (ordered) {
      const result = await this.#inquiry.settle(id, ordered.order.transferType);
      if (result) await this.#end(result);
    }
  }

  async #end(result: TransferResult): Promise<TransferResult> {
    await this.#deps.journal.write(this.#entry(result.id, { step: 'ended', result }));
    await this.#deliver(result);
    return result;
  }

  async #deliver(result: TransferResult): Promise<void> {
    await this.#deps.deliver(result);
    await this.#deps.journal.write(this.#entry(result.id, { step: 'delivered' }));
  }

  #entry(id: string, facts: TransferFacts): JournalEntry {
    return { id, kind: 'transfer', closed: facts.step === 'delivered', facts };
  }
}

const sameId = 0x81;
const cycleOpen = 0xc0;
const noInformation = 0xff;
