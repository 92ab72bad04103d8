import type { Json } from '@vakhta/kernel';
import type { SasHost, ToldTransfer, TransferResult, TransferStep } from '@vakhta/sas';
import type { ActionContext, ActionOutcome, Reporter } from '@vakhta/things';
import type { Reading, TransferFact } from '../facts/index.ts';
import { valuesOf } from '../facts/index.ts';
import type { MachineStore, OrderedTransfer } from './machine-store.ts';
import { flowMeters } from './meter-codes.ts';

export interface TransfersDeps {
  readonly host: Pick<SasHost, 'transfer' | 'inquireTransfer' | 'isUp'>;
  readonly report: Reporter;
  readonly store: MachineStore;
  readonly takeReading: (cause: 'beforeTransfer' | 'afterTransfer') => Promise<Reading | undefined>;
  readonly onState: (state: 'none' | 'underWay' | 'unknown') => void;
}

/** SAS transfer types (facts 8.5) by direction. */
const types = { toMachine: 0x00, toHost: 0x80 } as const;
const noInformation = 0xff;

export interface TransferWish {
  readonly transfer: string;
  readonly kind: OrderedTransfer['kind'];
  readonly direction: OrderedTransfer['direction'];
  readonly amountCents: number;
  readonly allowPartial: boolean;
}

/**
 * Moves money by AFT, one transfer at a time and each at most once. An order is on disk before anything of it is on the
 * wire; what became of one that is in doubt is only ever asked for. Every step is reported as evidence.
 */
export class Transfers {
  readonly #deps: TransfersDeps;
  #isBusy = false;
  /** Those that are proven never to have been on the wire. */
  readonly #notSent = new Set<string>();
  /** Those whose AFT meter stands where it stood before. */
  readonly #unmoved = new Set<string>();

  constructor(deps: TransfersDeps) {
    this.#deps = deps;
  }

  /** Tells of orders that an earlier process took and never began: their journal is empty, so nothing was sent. */
  async resume(): Promise<void> {
    const { store, report } = this.#deps;
    for (const order of store.openTransfers()) {
      if (store.isJournalled(order.transfer)) {
        this.#isBusy = true;
        this.#deps.onState('unknown');
        continue;
      }
      await report.event('transfer', {
        ...factOf(order, { message: 'notSent', reason: 'the agent stopped before it was begun' }),
      });
      store.closeTransfer(order.transfer);
    }
  }

  async make(wish: TransferWish, { signal }: ActionContext): Promise<ActionOutcome> {
    const { host, store, onState } = this.#deps;
    const { transfer, kind, direction, amountCents } = wish;
    if (store.transfer(transfer))
      return failed('egm.transfer_known', `transfer ${transfer} was ordered before`);
    if (this.#isBusy) return failed('egm.transfer_open', 'another transfer is not finished');
    if (!host.isUp) return failed('egm.offline', 'the machine does not answer');
    if (direction === 'toHost' && kind === 'restricted')
      return failed('egm.restricted_stays', 'restricted credits cannot go to the host');
    this.#isBusy = true;
    const order = { transfer, kind, direction, requestedCents: amountCents, meterBefore: null };
    try {
      const before = await Promise.race([this.#deps.takeReading('beforeTransfer'), aborted(signal)]);
      if (!before || signal.aborted) return failed('egm.offline', 'the machine did not answer in time');
      const meterBefore = valuesOf(before)[flowMeters[direction][kind]] ?? null;
      if (!store.takeTransfer({ ...order, meterBefore }))
        return failed('egm.transfer_known', `transfer ${transfer} was ordered before`);
    } finally {
      if (!store.transfer(transfer)) this.#isBusy = false;
    }
    onState('underWay');
    const made = host.transfer({
      id: transfer,
      to: direction === 'toMachine' ? 'machine' : 'host',
      amounts: { [amountNames[kind]]: amountCents },
      partialAllowed: wish.allowPartial,
      transferType: types[direction],
      signal,
    });
    const result = await Promise.race([made, aborted(signal)]);
    if (result) return this.#outcome(result);
    onState('unknown');
    return {
      state: 'unknown',
      message: 'what became of it is being asked of the machine',
      evidence: { transfer },
    };
  }

  /** Asks the machine once more what became of a transfer, by its id. */
  async check(transfer: string, { signal }: ActionContext): Promise<ActionOutcome> {
    const order = this.#deps.store.transfer(transfer);
    if (!order) return failed('egm.transfer_unknown', `transfer ${transfer} was never ordered here`);
    if (!this.#deps.host.isUp) return failed('egm.offline', 'the machine does not answer');
    const asked = this.#deps.host.inquireTransfer(transfer, types[order.direction]);
    const result = await Promise.race([asked, aborted(signal)]);
    return result
      ? { state: 'succeeded', observed: true, evidence: evidenceOf(result) }
      : { state: 'unknown', message: 'the machine did not answer in time' };
  }

  readonly onStep = async (step: TransferStep): Promise<void> => {
    if (step.step === 'notSent') this.#notSent.add(step.id);
    const order = this.#deps.store.transfer(step.id);
    if (order) await this.#deps.report.event('transfer', { ...factOf(order, messageOf(step)) });
  };

  /** The host has it from the machine, or gives up asking; told again after a crash until this has resolved once. */
  readonly onResult = async (result: TransferResult): Promise<void> => {
    const after = await this.#deps.takeReading('afterTransfer');
    const order = this.#deps.store.transfer(result.id);
    if (after && order && order.meterBefore !== null) {
      const { direction, kind, meterBefore } = order;
      if (valuesOf(after)[flowMeters[direction][kind]] === meterBefore) this.#unmoved.add(result.id);
    }
    this.#deps.store.closeTransfer(result.id);
    this.#isBusy = false;
    this.#deps.onState(result.state === 'unresolved' ? 'unknown' : 'none');
  };

  #outcome(result: TransferResult): ActionOutcome {
    const evidence = evidenceOf(result);
    if (result.state === 'completed') return { state: 'succeeded', observed: true, evidence };
    if (result.state === 'unresolved') return { state: 'unknown', message: result.reason, evidence };
    const isCertain = result.status !== undefined || this.#notSent.has(result.id);
    // That the machine does not know of it is only believed when its meters say the same.
    if (!isCertain && !this.#unmoved.has(result.id))
      return { state: 'unknown', message: 'the machine does not know it, but its meters moved', evidence };
    const code = result.status === undefined ? 'egm.not_transferred' : 'egm.transfer_refused';
    return { state: 'failed', code, message: result.reason, evidence };
  }
}

const amountNames = {
  cashable: 'cashableCents',
  restricted: 'restrictedCents',
  nonrestricted: 'nonrestrictedCents',
} as const;

const failed = (code: string, message: string): ActionOutcome => ({ state: 'failed', code, message });

const aborted = (signal: AbortSignal): Promise<undefined> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });

const evidenceOf = (result: TransferResult): Json =>
  result.state === 'completed'
    ? { transfer: result.id, state: result.state, ...result.amounts, partial: result.partial }
    : { transfer: result.id, state: result.state, reason: result.reason };

type Message = Partial<TransferFact> & Pick<TransferFact, 'message'>;

const factOf = (order: OrderedTransfer, message: Message): TransferFact => ({
  transfer: order.transfer,
  kind: order.kind,
  direction: order.direction,
  requestedCents: order.requestedCents,
  status: null,
  amountCents: null,
  entries: [],
  reason: null,
  ...message,
});

function messageOf(step: TransferStep): Message {
  switch (step.step) {
    case 'sending':
      return { message: 'sent' };
    case 'notSent':
    case 'noReply':
      return { message: step.step, reason: step.reason };
    case 'initiateReply':
      return { message: step.step, ...replyOf(step.told) };
    case 'interrogateReply':
      // What the machine holds may be another host's transfer: of ours it then has no information.
      return {
        message: step.step,
        ...(step.told.id === step.id ? replyOf(step.told) : { status: hexOf(noInformation) }),
      };
    case 'historyReply':
      return {
        message: step.step,
        entries: step.entries.map((told) => ({
          transfer: told.id === step.id ? step.id : null,
          status: hexOf(told.status),
          amountCents: amountOf(told),
        })),
      };
  }
}

const replyOf = (told: ToldTransfer) => ({ status: hexOf(told.status), amountCents: amountOf(told) });
const hexOf = (status: number): string => status.toString(16).toUpperCase().padStart(2, '0');

/** What was moved, where the status says that something was. */
const amountOf = ({ status, amounts }: ToldTransfer): number | null =>
  status <= 0x01 ? amounts.cashableCents + amounts.restrictedCents + amounts.nonrestrictedCents : null;
