import { type Clock, type Random, UsageError } from '@vakhta/kernel';
import { Cents } from '../../codec/money.ts';
import type { Journal, JournalEntry } from '../journal/journal.ts';
import type { Ask } from '../polls/ask.ts';
import { newTransactionId } from './transaction-id.ts';
import { type InquiryDeps, TransferInquiry, toldBy } from './transfer-inquiry.ts';
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
  /** Its id, 1 to 20 printable characters that were never used before; default: a new one. */
  readonly id?: string;
  /** Calls it off as long as it is not on the wire. */
  readonly signal?: AbortSignal;
}

export interface TransfersDeps extends Omit<InquiryDeps, 'nextHint'> {
  readonly journal: Journal;
  readonly random: Random;
  readonly clock: Clock;
  readonly ask: Ask;
  /** What the machine calls itself in transfers; undefined when it does not tell. */
  readonly assetNumber: () => Promise<number | undefined>;
  /** Hands a result over for good; false when it was not taken: it is handed over again after the next start. */
  readonly deliver: (result: TransferResult) => Promise<boolean>;
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
  #left: Promise<Map<string, JournalEntry[]>> | undefined;

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
    // Behind what a crash left open: the more transfers follow one, the less the machine still knows of it.
    return this.#inTurn(async () => {
      await this.#resumeAll();
      return this.#deps.stopped.aborted ? undefined : this.#begin(request);
    });
  }

  /** Asks the machine what became of a transfer of an earlier day, by its id. Undefined: the host stopped. */
  inquire(id: string, transferType: number): Promise<TransferResult | undefined> {
    // What came before it is not known any more: only a history that is seen to its end proves that it never was.
    return this.#inTurn(() => this.#inquiry.settle(id, { transferType, after: null }));
  }

  /** Goes on with what a crash left open. */
  async resume(): Promise<void> {
    if ((await this.#leftOpen()).size > 0) await this.#inTurn(() => this.#resumeAll());
  }

  /** A transfer is being followed to its end, or is to be: nobody else is to read its result. */
  async isFollowing(): Promise<boolean> {
    return (await this.#leftOpen()).size > 0 || this.#working > 0;
  }

  /** What an earlier process left open, by id. */
  #leftOpen(): Promise<Map<string, JournalEntry[]>> {
    this.#left ??= this.#deps.journal.open().then((entries) =>
      Map.groupBy(
        entries.filter(({ kind }) => kind === 'transfer'),
        ({ id }) => id,
      ),
    );
    return this.#left;
  }

  async #resumeAll(): Promise<void> {
    const left = await this.#leftOpen();
    for (const [id, entries] of left) {
      await this.#resumeOne(id, entries);
      if (this.#deps.stopped.aborted) return;
      left.delete(id);
    }
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
    const { journal } = this.#deps;
    const amounts = { ...noAmounts, ...request.amounts };
    if (totalOf(amounts) === 0) throw new UsageError('sas.nothing_to_transfer', 'a transfer moves something');
    const id = request.id ?? newTransactionId(this.#deps);
    const transferType = request.transferType ?? (request.to === 'machine' ? 0x00 : 0x80);
    const assetNumber = await this.#deps.assetNumber();
    if (assetNumber === undefined)
      return this.#neverSent({ id, transferType }, 'the machine does not tell its asset number');
    const last = await this.#inquiry.last();
    if (last === undefined)
      return this.#neverSent({ id, transferType }, 'the machine does not answer about transfers');
    const order: TransferOrder = {
      transferType,
      amounts,
      partialAllowed: request.partialAllowed ?? false,
      assetNumber,
      registrationKey: request.registrationKey ?? noKey,
      transferFlags: request.transferFlags ?? '00',
      after: last.id,
    };
    await journal.write(this.#entry(id, { step: 'ordered', order }));
    await this.#deps.onStep({ id, transferType, step: 'sending' });
    const result = (await this.#send(id, order, request.signal)) ?? (await this.#inquiry.settle(id, order));
    return result && this.#end(result);
  }

  /** Puts the order on the wire, once; gives the result when it is certain at once. */
  async #send(
    id: string,
    order: TransferOrder,
    signal: AbortSignal | undefined,
  ): Promise<TransferResult | undefined> {
    const { transferType, amounts, partialAllowed, after: _, ...rest } = order;
    const known = { id, transferType };
    if (signal?.aborted) return this.#neverSent(known, 'it was called off before it was sent');
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
    if (!outcome.ok && outcome.error.sent === 0)
      return this.#neverSent(known, `it was never sent: ${outcome.error.code}`);
    if (!outcome.ok || outcome.kind !== 'data') {
      const reason = outcome.ok ? outcome.kind : outcome.error.code;
      await this.#deps.onStep({ ...known, step: 'noReply', reason });
      return undefined;
    }
    const told = toldBy(outcome.fields);
    await this.#deps.onStep({ ...known, step: 'initiateReply', told });
    const { status } = told;
    // A repeat that the machine took for a new order is refused because of itself: only asking tells.
    if (status < 0x80 || status === sameId || status === cycleOpen || status === noInformation)
      return undefined;
    return resultOf(id, transferType, status, told.amounts);
  }

  async #neverSent(known: { id: string; transferType: number }, reason: string): Promise<TransferResult> {
    await this.#deps.onStep({ ...known, step: 'notSent', reason });
    return { ...known, state: 'failed', reason };
  }

  async #resumeOne(id: string, entries: readonly JournalEntry[]): Promise<void> {
    const steps = entries.map(({ facts }) => TransferFacts.parse(facts));
    const ended = steps.find((step) => step.step === 'ended');
    const ordered = steps.find((step) => step.step === 'ordered');
    if (ended) await this.#deliver(ended.result);
    else if (ordered) {
      const { transferType } = ordered.order;
      await this.#deps.onStep({ id, transferType, step: 'noReply', reason: 'the host was started anew' });
      const result = await this.#inquiry.settle(id, ordered.order);
      if (result) await this.#end(result);
    }
  }

  async #end(result: TransferResult): Promise<TransferResult> {
    await this.#deps.journal.write(this.#entry(result.id, { step: 'ended', result }));
    await this.#deliver(result);
    return result;
  }

  async #deliver(result: TransferResult): Promise<void> {
    if (!(await this.#deps.deliver(result))) return;
    await this.#deps.journal.write(this.#entry(result.id, { step: 'delivered' }));
  }

  #entry(id: string, facts: TransferFacts): JournalEntry {
    return { id, kind: 'transfer', closed: facts.step === 'delivered', facts };
  }
}

const sameId = 0x81;
const cycleOpen = 0xc0;
const noInformation = 0xff;
