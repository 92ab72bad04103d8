import { type Clock, type Duration, newId, type Random, sleep } from '@vakhta/kernel';
import type { Fields } from '../../codec/field.ts';
import { Cents } from '../../codec/money.ts';
import { ticketStatuses } from '../../tables/tickets.ts';
import type { Journal, JournalEntry } from '../journal/journal.ts';
import type { Ask } from '../polls/ask.ts';
import {
  type TicketDecision,
  TicketInFacts,
  type TicketInResult,
  type TicketInserted,
} from './ticket-in-journal.ts';

export interface TicketInsDeps {
  readonly ask: Ask;
  readonly clock: Clock;
  readonly random: Random;
  readonly journal: Journal;
  readonly whenUp: () => Promise<void>;
  readonly stopped: AbortSignal;
  /** What the ticket is worth; undefined when the program does not take tickets. */
  readonly validate: ((ticket: TicketInserted) => Promise<TicketDecision>) | undefined;
  /** The journal could not be written: the ticket is not decided, and the machine gives it back. */
  readonly onFailure: (error: unknown) => void;
  /** Hands a result over for good; false when it was not taken: it is handed over again after the next start. */
  readonly deliver: (result: TicketInResult) => Promise<boolean>;
}

/** Facts 8.4: the machine gives the ticket back when 71 does not come in 10 s. */
const decideWithin: Duration = 8000;
const again: Duration = 400;
const unreadableAllowed = 40;
const unableToValidate: TicketDecision = { accept: false, code: 0x80 };

/** Tickets in: decided by the program, in the journal before the machine is told, followed until the machine is done. */
export class TicketIns {
  readonly #deps: TicketInsDeps;
  #current: Promise<void> | undefined;
  #left: Promise<Map<string, JournalEntry[]>> | undefined;

  constructor(deps: TicketInsDeps) {
    this.#deps = deps;
  }

  /** A ticket is being followed to its end, or is to be: nobody else is to read its result. */
  async isFollowing(): Promise<boolean> {
    return (await this.#leftOpen()).size > 0 || this.#current !== undefined;
  }

  /** The answer to poll 70; told again while a ticket is being worked on, it changes nothing. */
  onEscrow(fields: Fields): void {
    if (fields.ticketStatus !== 0 || typeof fields.validationData !== 'string') return;
    const ticket = { validationData: fields.validationData, amountCents: Number(fields.amountCents ?? 0) };
    this.#current ??= this.#work(ticket)
      .catch(this.#deps.onFailure)
      .finally(() => {
        this.#current = undefined;
      });
  }

  /** Goes on with what a crash left open. */
  async resume(): Promise<void> {
    if ((await this.#leftOpen()).size === 0) return;
    this.#current ??= this.#resumeAll().finally(() => {
      this.#current = undefined;
    });
    await this.#current;
  }

  /** What an earlier process left open, by id. */
  #leftOpen(): Promise<Map<string, JournalEntry[]>> {
    this.#left ??= this.#deps.journal.open().then((entries) =>
      Map.groupBy(
        entries.filter(({ kind }) => kind === 'ticketIn'),
        ({ id }) => id,
      ),
    );
    return this.#left;
  }

  async #resumeAll(): Promise<void> {
    const left = await this.#leftOpen();
    for (const [id, entries] of left) {
      const steps = entries.map(({ facts }) => TicketInFacts.parse(facts));
      const ended = steps.find((step) => step.step === 'ended');
      const decided = steps.find((step) => step.step === 'decided');
      if (ended) await this.#deliver(ended.result);
      else if (decided) await this.#follow(id, decided.validationData, decided.decision);
      if (this.#deps.stopped.aborted) return;
      left.delete(id);
    }
  }

  async #work(ticket: TicketInserted): Promise<void> {
    const { journal } = this.#deps;
    const id = newId(this.#deps);
    const decision = await this.#decide(ticket);
    const { validationData } = ticket;
    await journal.write(this.#entry(id, { step: 'decided', validationData, decision }));
    await this.#tell(validationData, decision);
    await this.#follow(id, validationData, decision);
  }

  async #decide(ticket: TicketInserted): Promise<TicketDecision> {
    const { validate, clock } = this.#deps;
    if (!validate) return unableToValidate;
    const late = new AbortController();
    const timeout = sleep(clock, decideWithin, late.signal).then(
      () => unableToValidate,
      () => unableToValidate,
    );
    const decision = await Promise.race([validate(ticket).catch(() => unableToValidate), timeout]);
    late.abort();
    return decision;
  }

  async #tell(validationData: string, decision: TicketDecision): Promise<void> {
    const isRestricted = decision.accept && decision.restrictedExpiration !== undefined;
    await this.#deps.ask(
      'redeemTicket',
      {
        transferCode: decision.accept ? decision.kind : decision.code,
        amountCents: Cents(decision.accept ? decision.amountCents : 0),
        parsingCode: 0,
        validationData,
        ...(isRestricted
          ? { restrictedExpiration: decision.restrictedExpiration, poolId: decision.poolId ?? 0 }
          : {}),
      },
      { priority: 'command' },
    );
  }

  /** Asks until the machine is done with the ticket. */
  async #follow(id: string, validationData: string, decision: TicketDecision): Promise<void> {
    const { clock, stopped, whenUp, ask } = this.#deps;
    for (let unreadable = 0; !stopped.aborted; ) {
      await whenUp();
      if (stopped.aborted) return;
      const outcome = await ask('redeemTicket', { transferCode: 0xff }, { priority: 'conversation' });
      const fields = outcome.ok && outcome.kind === 'data' ? outcome.fields : undefined;
      const status = fields === undefined ? undefined : Number(fields.ticketStatus);
      const isOurs = fields?.validationData === undefined || fields.validationData === validationData;
      if (status === waiting && isOurs) {
        // The machine still waits, so the decision has not reached it: it may be told, after a crash once more.
        await this.#tell(validationData, decision);
      } else if (status !== undefined && status !== pending) {
        const result = this.#judge(id, validationData, decision, isOurs ? status : nothing);
        return this.#end(result);
      } else if (status === undefined && ++unreadable > unreadableAllowed) {
        const reason = 'the machine does not tell what became of it';
        return this.#end({
          id,
          validationData,
          state: 'unresolved',
          amountCents: amountOf(decision),
          reason,
        });
      }
      await sleep(clock, again, stopped).catch(() => {});
    }
  }

  #judge(id: string, validationData: string, decision: TicketDecision, status: number): TicketInResult {
    const common = { id, validationData, status, reason: ticketStatuses[status] ?? `status ${status}` };
    if (status <= 0x02) return { ...common, state: 'redeemed', amountCents: amountOf(decision) };
    if (status !== nothing || !decision.accept) return { ...common, state: 'returned', amountCents: 0 };
    // An accepted ticket of which nothing is known: it may have been paid before the result was lost.
    return { ...common, state: 'unresolved', amountCents: amountOf(decision) };
  }

  async #end(result: TicketInResult): Promise<void> {
    await this.#deps.journal.write(this.#entry(result.id, { step: 'ended', result }));
    await this.#deliver(result);
  }

  async #deliver(result: TicketInResult): Promise<void> {
    if (!(await this.#deps.deliver(result))) return;
    await this.#deps.journal.write(this.#entry(result.id, { step: 'delivered' }));
  }

  #entry(id: string, facts: TicketInFacts): JournalEntry {
    return { id, kind: 'ticketIn', closed: facts.step === 'delivered', facts };
  }
}

const waiting = 0x20;
const pending = 0x40;
const nothing = 0xff;
const amountOf = (decision: TicketDecision): number => (decision.accept ? decision.amountCents : 0);
