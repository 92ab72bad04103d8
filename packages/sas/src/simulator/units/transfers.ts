import type { Timer } from '@vakhta/kernel';
import type { RequestFields } from '../../codec/message.ts';
import type { Messages } from '../../messages/registry.ts';
import type { Answer } from '../port/conversation.ts';
import { type Cabinet, centsOf, creditsOf } from './cabinet.ts';
import type { Registration } from './registration.ts';
import { type AmountName, type TransferKind, transferKinds } from './transfer-kinds.ts';

type Request = RequestFields<Messages['aftTransfer']>;
type Amounts = Record<AmountName, number>;

interface Transfer {
  readonly request: Request;
  readonly kind: TransferKind | undefined;
  amounts: Amounts;
  status: number;
  position: number;
  stamp: { date: string; time: string };
  timer: Timer | undefined;
}

const pending = 0x40;
const historySize = 70;
/** The same money in credits. */
const creditMeters = {
  toMachine: { cashableCents: '002E', restrictedCents: '002F', nonrestrictedCents: '0030' },
  toHost: { cashableCents: '0032', restrictedCents: '0033', nonrestrictedCents: '0034' },
} as const;
const zero: Amounts = { cashableCents: 0, restrictedCents: 0, nonrestrictedCents: 0 };
const amountsOf = (request: Request): Amounts => ({
  cashableCents: request.cashableCents ?? 0,
  restrictedCents: request.restrictedCents ?? 0,
  nonrestrictedCents: request.nonrestrictedCents ?? 0,
});
const total = (amounts: Amounts): number =>
  amounts.cashableCents + amounts.restrictedCents + amounts.nonrestrictedCents;

/** Facts 8.5: one transfer at a time; the cycle is open until its final result was read by FF and acknowledged. */
export class Transfers {
  readonly #cabinet: Cabinet;
  readonly #registration: Registration;
  readonly #canTransfer: () => boolean;
  #current: Transfer | undefined;
  readonly #history = new Map<number, Transfer>();
  #completed = 0;
  #lastId: string | undefined;
  #reissue: Timer | undefined;
  /** What the host allowed by the flags of a transfer: 01 controllable, 02 enabled, 04 hard. */
  hostCashout = 0x01;
  /** Runs when a transfer has ended, for a lock that lasts until then. */
  onEnd: () => void = () => {};

  constructor(cabinet: Cabinet, registration: Registration, canTransfer: () => boolean) {
    this.#cabinet = cabinet;
    this.#registration = registration;
    this.#canTransfer = canTransfer;
  }

  get isOpen(): boolean {
    return this.#current !== undefined;
  }

  /** Poll 72. */
  receive(request: Request, isLocked: boolean): Answer {
    const code = request.transferCode;
    if (code === 0xff || code === 0xfe) return this.#read(code, request.transactionIndex ?? 0);
    if (code === 0x80) return this.#cancel();
    if (code !== 0x00 && code !== 0x01) return this.#refusal(request, 0xc1);
    const refused = this.#refuse(request, isLocked);
    if (refused !== undefined) return this.#refusal(request, refused);
    const transfer: Transfer = {
      request,
      kind: transferKinds[request.transferType ?? 0],
      amounts: amountsOf(request),
      status: pending,
      position: 0,
      stamp: this.#cabinet.wallClock(),
      timer: undefined,
    };
    this.#current = transfer;
    this.#takeFlags(request);
    transfer.timer = this.#cabinet.clock.after(this.#cabinet.setup.options.aftDelayMs, () =>
      this.#cabinet.whenOn(() => {
        if (transfer.status === pending) this.#finish(transfer, this.#execute(transfer));
      }),
    );
    return this.#answer(transfer);
  }

  #refuse(request: Request, isLocked: boolean): number | undefined {
    const { setup } = this.#cabinet;
    if (request.assetNumber !== setup.assetNumber || request.assetNumber === 0) return 0x93;
    if (this.#current) return 0xc0;
    if (!request.transactionId || !/^[\x20-\x7e]{1,20}$/.test(request.transactionId)) return 0x95;
    if (request.transactionId === this.#lastId) return 0x81;
    if (this.#cabinet.quirks.needsRegistration && !this.#registration.isRegistered) return 0x88;
    if (request.transferType === undefined || !transferKinds[request.transferType]) return 0x82;
    const kind = transferKinds[request.transferType]!;
    if (kind.isDebit && !this.#registration.accepts(request.registrationKey ?? '')) return 0x88;
    if (Number.parseInt(request.transferFlags ?? '00', 16) & 0x40 && !isLocked) return 0x94;
    return undefined;
  }

  /** Facts 8.5: bit 0 says that bits 1 and 2 mean something. */
  #takeFlags(request: Request): void {
    const flags = Number.parseInt(request.transferFlags ?? '00', 16);
    if (flags & 0x01) this.hostCashout = 0x01 | (flags & 0x06);
  }

  /** Moves the money; gives the final status. */
  #execute(transfer: Transfer): number {
    const { ledger, setup, quirks } = this.#cabinet;
    const { kind, request } = transfer;
    if (!kind) return 0x82;
    if (!this.#canTransfer()) return 0x87;
    const wanted = amountsOf(request);
    const given = { ...wanted };
    for (const { amount, account } of kind.parts)
      if (kind.direction === 'toHost')
        given[amount] = Math.min(given[amount], centsOf(this.#cabinet, ledger.balance(account)));
    let left = setup.transferLimitCents;
    for (const { amount } of kind.parts) {
      given[amount] = Math.min(given[amount], left);
      left -= given[amount];
    }
    const isPartial = total(given) !== total(wanted);
    const known = kind.parts.map(({ amount }) => amount);
    if ((Object.keys(wanted) as AmountName[]).some((name) => wanted[name] > 0 && !known.includes(name)))
      return 0x83;
    if (isPartial && kind.direction === 'toHost' && (quirks.noPartialToHost || request.transferCode === 0x00))
      return 0x86;
    if (isPartial && request.transferCode === 0x00) return 0x84;
    const credits = kind.parts.map(({ amount }) => creditsOf(this.#cabinet, given[amount]));
    if (credits.includes(undefined)) return 0x85;
    for (const [index, { amount, account, meter, countMeter }] of kind.parts.entries()) {
      if (given[amount] === 0) continue;
      if (kind.direction === 'toMachine') ledger.move('host', account, credits[index]!);
      else ledger.move(account, 'host', credits[index]!);
      this.#cabinet.meters.add(meter, given[amount]);
      this.#cabinet.meters.add(countMeter, 1);
      this.#cabinet.addDerived(kind.direction === 'toMachine' ? '0017' : '0018', credits[index]!);
      if (this.#cabinet.quirks.transfersInDropAndCancelled) {
        this.#cabinet.addDerived(kind.direction === 'toMachine' ? '0024' : '0004', credits[index]!);
        this.#cabinet.addDerived(creditMeters[kind.direction][amount], credits[index]!);
      }
    }
    transfer.amounts = given;
    return isPartial ? 0x01 : 0x00;
  }

  #finish(transfer: Transfer, status: number): void {
    transfer.timer?.cancel();
    transfer.status = status;
    if (status > 0x01) transfer.amounts = zero;
    transfer.stamp = this.#cabinet.wallClock();
    this.#lastId = transfer.request.transactionId;
    this.#completed++;
    transfer.position = ((this.#completed - 1) % historySize) + 1;
    this.#history.set(transfer.position, transfer);
    this.#reissue = this.#cabinet.raiseUntilServed('69');
    this.onEnd();
  }

  #cancel(): Answer {
    const transfer = this.#current;
    if (!transfer) return this.#nothing();
    if (transfer.status === pending) this.#finish(transfer, 0x80);
    return this.#answer(transfer);
  }

  #read(code: number, index: number): Answer {
    if (index === 0) {
      const transfer = this.#current;
      if (!transfer) return this.#nothing();
      const closes = code === 0xff && transfer.status !== pending;
      return this.#answer(transfer, closes ? () => this.#close(transfer) : undefined);
    }
    const position = index <= 0x7f ? index : this.#relative(256 - index);
    const old = this.#history.get(position);
    return old ? this.#answer(old) : this.#nothing();
  }

  #relative(back: number): number {
    return ((((this.#completed - back) % historySize) + historySize) % historySize) + 1;
  }

  #close(transfer: Transfer): void {
    if (this.#current !== transfer) return;
    this.#current = undefined;
    this.#reissue?.cancel();
    this.#reissue = undefined;
    this.#cabinet.clear('69');
  }

  #nothing(): Answer {
    return { kind: 'data', fields: { bufferPosition: 0, transferStatus: 0xff } };
  }

  #refusal(request: Request, status: number): Answer {
    if (request.transferType === undefined || this.#cabinet.quirks.shortTransferAnswers)
      return { kind: 'data', fields: { bufferPosition: 0, transferStatus: status } };
    const stamp = this.#cabinet.wallClock();
    return this.#answer({
      request,
      kind: undefined,
      amounts: zero,
      status,
      position: 0,
      stamp,
      timer: undefined,
    });
  }

  #answer(transfer: Transfer, taken?: () => void): Answer {
    const { request, kind, amounts, status, position, stamp } = transfer;
    const short = { bufferPosition: position, transferStatus: status };
    if (this.#cabinet.quirks.shortTransferAnswers && status === pending)
      return { kind: 'data', fields: short };
    const isOver = status <= 0x01;
    const cumulative = (name: AmountName) => {
      const meter = kind?.parts.find(({ amount }) => amount === name)?.meter;
      return isOver && meter
        ? { bytes: 5, value: this.#cabinet.meters.read(meter) ?? 0 }
        : { bytes: 0, value: null };
    };
    const fields = {
      ...short,
      receiptStatus: 0xff,
      transferType: request.transferType ?? 0,
      ...(status === pending ? amountsOf(request) : amounts),
      transferFlags: ((Number.parseInt(request.transferFlags ?? '00', 16) & 0xf8) | this.hostCashout)
        .toString(16)
        .toUpperCase()
        .padStart(2, '0'),
      assetNumber: this.#cabinet.setup.assetNumber,
      transactionId: request.transactionId ?? '',
      ...stamp,
      expiration: request.expiration ?? '00000000',
      poolId: request.poolId ?? 0,
      cumulativeCashable: cumulative('cashableCents'),
      cumulativeRestricted: cumulative('restrictedCents'),
      cumulativeNonrestricted: cumulative('nonrestrictedCents'),
    };
    return { kind: 'data', fields, ...(taken ? { taken } : {}) };
  }
}
