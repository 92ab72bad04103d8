import type { Timer } from '@vakhta/kernel';
import type { RequestFields } from '../../codec/message.ts';
import type { Messages } from '../../messages/registry.ts';
import type { Account } from '../money/ledger.ts';
import type { Answer } from '../port/conversation.ts';
import { type Cabinet, creditsOf } from './cabinet.ts';

type Request = RequestFields<Messages['redeemTicket']>;

interface Ticket {
  readonly validationData: string;
  amountCents: number;
  status: number;
  isOver: boolean;
}

const pending = 0x40;
const waiting = 0x20;
const timedOut = 0x88;

/** Facts 8.4: where a ticket's money goes, and the meters that count it, by transfer code. */
const kinds: Readonly<Record<number, { account: Account; meter: string; countMeter: string }>> = {
  0: { account: 'cashable', meter: '0080', countMeter: '0081' },
  1: { account: 'restricted', meter: '0082', countMeter: '0083' },
  2: { account: 'nonrestricted', meter: '0084', countMeter: '0085' },
};

/** A ticket in the acceptor, from its insertion until the host has read what became of it. */
export class TicketsIn {
  readonly #cabinet: Cabinet;
  #ticket: Ticket | undefined;
  #reissue: Timer | undefined;

  constructor(cabinet: Cabinet) {
    this.#cabinet = cabinet;
  }

  get isBusy(): boolean {
    return this.#ticket !== undefined;
  }

  /** A player inserts a ticket; false when the acceptor has one already. */
  insert(validationData: string): boolean {
    if (this.#ticket) return false;
    const ticket: Ticket = { validationData, amountCents: 0, status: waiting, isOver: false };
    this.#ticket = ticket;
    this.#cabinet.raise({ code: '67' });
    const { escrowMs } = this.#cabinet.setup.options;
    if (escrowMs !== undefined) this.#cabinet.clock.after(escrowMs, () => this.#giveBack(ticket));
    return true;
  }

  /** The host did not decide in time. */
  #giveBack(ticket: Ticket): void {
    if (ticket.status !== waiting) return;
    ticket.status = timedOut;
    this.#cabinet.clear('67');
    this.#end(ticket);
  }

  /** Poll 70. */
  inEscrow(): Answer {
    const ticket = this.#ticket?.isOver ? undefined : this.#ticket;
    if (!ticket)
      return {
        kind: 'data',
        fields: this.#cabinet.quirks.zerosWithoutTicket
          ? { ticketStatus: 0xff, amountCents: 0, parsingCode: 0, validationData: '0'.repeat(18) }
          : { ticketStatus: 0xff },
      };
    const { validationData } = ticket;
    return { kind: 'data', fields: { ticketStatus: 0, amountCents: 0, parsingCode: 0, validationData } };
  }

  /** Poll 71. */
  redeem(request: Request): Answer {
    const ticket = this.#ticket;
    if (request.transferCode === 0xff) return this.#read();
    if (!ticket) return { kind: 'data', fields: { ticketStatus: 0xff } };
    if (ticket.status !== waiting) return this.#echo(request, 0xc0);
    ticket.status = this.#judge(request, ticket);
    ticket.amountCents = request.amountCents ?? 0;
    this.#cabinet.clock.after(this.#cabinet.setup.options.ticketDelayMs, () =>
      this.#cabinet.whenOn(() => this.#finish(ticket, request)),
    );
    return this.#echo(request, ticket.status);
  }

  #judge(request: Request, ticket: Ticket): number {
    if (request.transferCode >= 0x80) return 0x80;
    if (!kinds[request.transferCode]) return 0x82;
    if (request.validationData !== ticket.validationData) return 0x81;
    if (!request.amountCents) return 0x83;
    if (creditsOf(this.#cabinet, request.amountCents) === undefined) return 0x85;
    return pending;
  }

  #finish(ticket: Ticket, request: Request): void {
    if (ticket.status === pending) {
      const kind = kinds[request.transferCode]!;
      const credits = creditsOf(this.#cabinet, ticket.amountCents)!;
      this.#cabinet.ledger.move('tickets', kind.account, credits);
      this.#cabinet.meters.add(kind.meter, ticket.amountCents);
      this.#cabinet.meters.add(kind.countMeter, 1);
      this.#cabinet.addDerived('0015', credits);
      this.#cabinet.addDerived('0024', credits);
      ticket.status = request.transferCode;
    }
    this.#end(ticket);
  }

  #end(ticket: Ticket): void {
    ticket.isOver = true;
    this.#reissue = this.#cabinet.raiseUntilServed('68');
  }

  #read(): Answer {
    const ticket = this.#ticket;
    if (!ticket) return { kind: 'data', fields: { ticketStatus: 0xff } };
    const { status: ticketStatus, amountCents, validationData } = ticket;
    const fields = { ticketStatus, amountCents, parsingCode: 0, validationData };
    return { kind: 'data', fields, ...(ticket.isOver ? { taken: () => this.#close(ticket) } : {}) };
  }

  #close(ticket: Ticket): void {
    if (this.#ticket !== ticket) return;
    this.#ticket = undefined;
    this.#reissue?.cancel();
    this.#reissue = undefined;
    this.#cabinet.clear('68');
  }

  #echo(request: Request, ticketStatus: number): Answer {
    const { amountCents, parsingCode, validationData } = request;
    const echo =
      validationData === undefined
        ? {}
        : { amountCents: amountCents ?? 0, parsingCode: parsingCode ?? 0, validationData };
    return { kind: 'data', fields: { ticketStatus, ...echo } };
  }
}
