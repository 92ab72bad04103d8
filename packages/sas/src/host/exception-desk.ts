import type { Fields } from '../codec/field.ts';
import { exceptions, type FollowUp, followUps } from '../tables/exceptions.ts';
import type { Emitter } from './events/emitter.ts';
import type { HostEvents, MachineEvent } from './events/host-events.ts';
import type { HandpayWatch } from './handpays/handpay-watch.ts';
import type { Told } from './link/machine-link-options.ts';
import type { Ask } from './polls/ask.ts';
import type { TicketIns } from './tickets/ticket-ins.ts';
import type { TicketOuts } from './tickets/ticket-outs.ts';
import type { Transfers } from './transfers/transfers.ts';

export interface ExceptionDeskDeps {
  readonly address: number;
  readonly ask: Ask;
  readonly events: Emitter<HostEvents>;
  readonly without: readonly string[];
  readonly isStandardValidation: () => boolean;
  readonly handpays: HandpayWatch;
  readonly ticketOuts: TicketOuts;
  readonly ticketIns: TicketIns;
  readonly transfers: Transfers;
  /** Keeps what was told for good, before the machine hears that it was received. */
  readonly keep?: ((event: MachineEvent) => Promise<void>) | undefined;
  readonly onPowerUp: () => void;
  /** Has the denomination read where nobody knows it yet: a handpay is told in credits. */
  readonly knowDenomination: () => Promise<void>;
}

/** Facts 5.3: tells the program what a machine told, polls what it calls for, and gives the answer to whom it concerns. */
export class ExceptionDesk {
  readonly #deps: ExceptionDeskDeps;

  constructor(deps: ExceptionDeskDeps) {
    this.#deps = deps;
  }

  /** What it gives, where it gives something, is to be waited for before the machine may hear of it. */
  onTold({ code, data, realTime, maybeRepeated, at }: Told): Promise<void> | undefined {
    const known = exceptions.get(code);
    const event: MachineEvent = {
      address: this.#deps.address,
      code,
      name: known?.name ?? 'unknown',
      title: known?.title ?? `exception ${code}`,
      data,
      realTime,
      maybeRepeated,
      at,
    };
    const kept = this.#deps.keep?.(event);
    this.#deps.events.emit('exception', event);
    if (code === '52') this.#deps.handpays.onReset();
    if (code === '17') this.#deps.onPowerUp();
    if (code === '69') this.#deps.transfers.onComplete();
    if (!this.#deps.without.includes(code) && !(code === '4F' && data.billCount !== undefined))
      for (const followUp of this.#followUpsOf(code)) void this.#poll(code, followUp);
    return kept;
  }

  #followUpsOf(code: string): readonly FollowUp[] {
    const isValidation = code === '3D' || code === '3E';
    if (isValidation && this.#deps.isStandardValidation()) return [{ poll: 'cashoutTicket' }];
    return followUps[code] ?? [];
  }

  async #poll(code: string, { poll, fields = {}, within }: FollowUp): Promise<void> {
    // What follows a ticket or a transfer to its end reads its result; one that nobody follows is closed here.
    if (code === '68' && (await this.#deps.ticketIns.isFollowing())) return;
    if (code === '69' && (await this.#deps.transfers.isFollowing())) return;
    // The record stays in the machine until it is asked for, so this is the time to learn what it is worth.
    if (code === '51') await this.#deps.knowDenomination();
    const options = { priority: 'followUp', ...(within === undefined ? {} : { within }) } as const;
    // Fields of the table belong to the poll beside them; a test encodes them all.
    const outcome = await this.#deps.ask(poll, fields as never, options);
    if (!outcome.ok || outcome.kind !== 'data') return;
    this.#deps.events.emit('followUp', { exception: code, poll, fields: outcome.fields });
    await this.#pass(code, outcome.fields);
  }

  async #pass(code: string, fields: Fields): Promise<void> {
    const { handpays, ticketOuts, ticketIns } = this.#deps;
    if (code === '51') handpays.onAnswer(fields);
    else if (code === '57') await ticketOuts.onPending(fields);
    else if (code === '67') ticketIns.onEscrow(fields);
    else if (code === '3D' || code === '3E') {
      if (this.#deps.isStandardValidation()) ticketOuts.onStandard(fields);
      else await ticketOuts.onRecord(fields);
    }
  }
}
