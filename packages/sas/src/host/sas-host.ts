import { type Duration, type Result, type Timer, UsageError } from '@vakhta/kernel';
import type { RequestFields, ResponseFields } from '../codec/message.ts';
import { encodeRequest, longPollTo } from '../frames/index.ts';
import { type MessageName, type Messages, messages } from '../messages/index.ts';
import { type Capabilities, discover } from './capabilities.ts';
import { Emitter } from './events/emitter.ts';
import type { HostEvents } from './events/host-events.ts';
import { type NextOptions, nextEvent } from './events/next-event.ts';
import { ExceptionDesk } from './exception-desk.ts';
import { HandpayWatch } from './handpays/handpay-watch.ts';
import { type HandpayPayer, type HandpayResetFailure, resetHandpay } from './handpays/reset-handpay.ts';
import { MemoryJournal } from './journal/journal.ts';
import { MachineLink } from './link/machine-link.ts';
import { PollLoop } from './link/poll-loop.ts';
import { MeterEngine } from './meters/meter-engine.ts';
import type { Ask, AskOptions } from './polls/ask.ts';
import { askAgain } from './polls/ask-again.ts';
import type { PollOutcome } from './polls/poll-outcome.ts';
import type { SasHostOptions } from './sas-host-options.ts';
import { TicketIns } from './tickets/ticket-ins.ts';
import { TicketOuts } from './tickets/ticket-outs.ts';
import type { TransferResult } from './transfers/transfer-journal.ts';
import { type TransferRequest, Transfers } from './transfers/transfers.ts';

const usualInterval: Duration = 200;
const fastInterval: Duration = 40;
/** Before a poll is tried again that its caller wants to be. */
const usualPause: Duration = 1000;

/** One slot machine over SAS: events, calls, meters, tickets and transfers. */
export class SasHost {
  readonly address: number;
  readonly #options: SasHostOptions;
  readonly #loop: PollLoop;
  readonly #ownsLoop: boolean;
  readonly #link: MachineLink;
  readonly #events: Emitter<HostEvents>;
  readonly #stop = new AbortController();
  readonly #desk: ExceptionDesk;
  readonly #metering: MeterEngine;
  readonly #transfers: Transfers;
  readonly #ticketIns: TicketIns;
  #capabilities: Capabilities | undefined;
  #denomCode: number | undefined;
  #meterTimer: Timer | undefined;
  #resuming: Promise<void> | undefined;

  constructor(options: SasHostOptions) {
    const { line, address, clock, random, handlers = {} } = options;
    if (!(address >= 1 && address <= 127))
      throw new UsageError('sas.bad_address', 'an address is from 1 to 127', { context: { address } });
    this.address = address;
    this.#options = options;
    this.#events = new Emitter((event, error) => {
      if (event !== 'handlerFailed') this.#events.emit('handlerFailed', { event, error });
    });
    this.#ownsLoop = !(line instanceof PollLoop);
    this.#loop =
      line instanceof PollLoop
        ? line
        : new PollLoop({
            line,
            clock,
            onChirp: (from) => {
              if (from === address) this.#link.chirped();
              this.#events.emit('chirp', { address: from });
            },
          });
    const journal = options.journal ?? new MemoryJournal();
    const stopped = this.#stop.signal;
    const whenUp = () => this.#whenUp();
    this.#metering = new MeterEngine(this.ask);
    this.#transfers = new Transfers({
      ask: this.ask,
      clock,
      random,
      journal,
      whenUp,
      stopped,
      assetNumber: () => this.#assetNumber(),
      onStep: async (step) => handlers.onTransferStep?.(step),
      deliver: (result) => this.#deliver('transfer', result, handlers.onTransfer),
    });
    this.#ticketIns = new TicketIns({
      ask: this.ask,
      clock,
      random,
      journal,
      whenUp,
      stopped,
      validate: handlers.validateTicket,
      deliver: (result) => this.#deliver('ticketIn', result, handlers.onTicketIn),
      onFailure: (error) => this.reportFailure('ticketIn', error),
    });
    this.#desk = new ExceptionDesk({
      address,
      ask: this.ask,
      events: this.#events,
      without: options.withoutFollowUps ?? [],
      isStandardValidation: () => this.#capabilities?.features?.validationStyle === 0,
      handpays: new HandpayWatch(
        (handpay) => this.#events.emit('handpay', handpay),
        (handpay) => this.#events.emit('handpayReset', { handpay }),
        () => this.#denomCode,
      ),
      ticketOuts: new TicketOuts({
        ask: this.ask,
        issueNumber: handlers.issueNumber,
        onTicket: (ticket) => this.#events.emit('ticketPrinted', ticket),
      }),
      ticketIns: this.#ticketIns,
      transfers: this.#transfers,
      keep: handlers.keepException,
      onPowerUp: () => void this.#enableRealTime(),
      knowDenomination: () => this.#knowDenomination(),
    });
    this.#link = new MachineLink({
      address,
      clock,
      interval: options.pollInterval ?? usualInterval,
      syncBeforePoll: options.syncBeforePoll ?? false,
      verifyExceptions: options.verifyExceptions ?? options.syncBeforePoll !== true,
      onTold: (told) => this.#desk.onTold(told),
      onReceived: handlers.onReceived,
      firstPoll: options.firstPoll,
      onDue: () => this.#loop.wake(),
      onSignature: ({ signature = '' }) => this.#events.emit('romSignature', { signature }),
      onUp: (isContinued) => void this.#onUp(isContinued),
      onDown: () => this.#events.emit('down', { address }),
    });
  }

  /** What the machine said of itself at the last link-up. */
  get capabilities(): Capabilities | undefined {
    return this.#capabilities;
  }

  get isUp(): boolean {
    return this.#link.isUp;
  }

  /** How often things happened on the line. */
  get counts(): Readonly<MachineLink['counts']> {
    return this.#link.counts;
  }

  /** Calls `listener` with every such event that `isMeant` accepts; the returned function ends that. */
  on: Emitter<HostEvents>['on'] = (event, listener, isMeant) => this.#events.on(event, listener, isMeant);

  /** Calls `listener` with the next such event only. */
  once: Emitter<HostEvents>['once'] = (event, listener, isMeant) =>
    this.#events.once(event, listener, isMeant);

  /** Waits for the next such event. Undefined when the time has passed, or the host was stopped. */
  next<E extends keyof HostEvents>(
    event: E,
    options: NextOptions<HostEvents[E]> = {},
  ): Promise<HostEvents[E] | undefined> {
    return nextEvent(this.#events, event, options, {
      clock: this.#options.clock,
      stopped: this.#stop.signal,
    });
  }

  start(): this {
    this.#loop.add(this.#link);
    if (this.#ownsLoop) this.#loop.start();
    const { meters, clock } = this.#options;
    if (meters) this.#meterTimer = clock.every(meters.every, () => void this.readMeters(meters.codes));
    return this;
  }

  /** Ends polling; calls that wait end with `sas.stopped`. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#meterTimer?.cancel();
    this.#loop.remove(this.#link);
    this.#link.queue.end('sas.stopped');
    for (const wake of this.#woken.splice(0)) wake();
    if (this.#ownsLoop) await this.#loop.stop();
    this.#link.end();
  }

  /** Sends a long poll when its turn comes. A machine that refuses or is silent is an outcome, not an error. */
  readonly ask: Ask = (poll, fields, options = {}) => {
    const send = () => this.#askOnce(poll, fields, options);
    // Without a detour: who keeps what is told has it before the next poll acknowledges it.
    if (!options.retries) return send();
    return askAgain(send, {
      retries: options.retries,
      pause: options.retryAfter ?? usualPause,
      acts: messages[poll].acts,
      clock: this.#options.clock,
      stopped: this.#stop.signal,
    });
  };

  /** Sends a message to all machines of the line; nobody answers. */
  broadcast<N extends MessageName>(poll: N, fields: RequestFields<Messages[N]>): void {
    if (!messages[poll].broadcast)
      throw new UsageError('sas.no_broadcast', `${poll} cannot be broadcast`, { context: { poll } });
    this.#loop.broadcast(encodeRequest(longPollTo(0, poll, fields)));
  }

  /** Reads meters and tells what they counted since they were read last. */
  async readMeters(codes: readonly string[], game = 0): Promise<HostEvents['meters']['changes'] | undefined> {
    const changes = await this.#metering.read(codes, game);
    if (changes) this.#events.emit('meters', { game, changes });
    return changes;
  }

  /** Moves money by AFT; one transfer at a time. Undefined: the host was stopped, and goes on after its next start. */
  transfer(request: TransferRequest): Promise<TransferResult | undefined> {
    return this.#transfers.transfer(request);
  }

  /** Asks once more what became of a transfer, by its id. Undefined: the host was stopped. */
  inquireTransfer(id: string, transferType: number): Promise<TransferResult | undefined> {
    return this.#transfers.inquire(id, transferType);
  }

  /** Resets the handpay the machine is locked up with; `creditMeter` where it `canGoToCreditMeter`. */
  resetHandpay(payer: HandpayPayer = 'attendant'): Promise<Result<undefined, HandpayResetFailure>> {
    return resetHandpay(this.ask, payer);
  }

  /** Tells, as `handlerFailed`, that something failed which listens to this host for others. */
  reportFailure(event: string, error: unknown): void {
    this.#events.emit('handlerFailed', { event, error });
  }

  #askOnce<N extends MessageName>(
    poll: N,
    fields: RequestFields<Messages[N]>,
    { priority = 'command', within, keep }: AskOptions,
  ): Promise<PollOutcome<ResponseFields<Messages[N]>>> {
    const bytes = encodeRequest(longPollTo(this.address, poll, fields));
    if (this.#stop.signal.aborted) return Promise.resolve(notSent('sas.stopped'));
    if (!this.#link.isUp) return Promise.resolve(notSent('sas.down'));
    const { clock } = this.#options;
    const { queue } = this.#link;
    const deadline = within === undefined ? Number.POSITIVE_INFINITY : clock.monotonic() + within;
    const late = within === undefined ? undefined : clock.after(within, () => queue.expire(deadline));
    return new Promise((resolve) => {
      const done = (outcome: PollOutcome) => {
        late?.cancel();
        // The link gives only answers to the command it sent, decoded by that command's declaration.
        resolve(outcome as PollOutcome<ResponseFields<Messages[N]>>);
      };
      queue.add({ bytes, command: messages[poll].code, priority, deadline, keep, done });
      this.#loop.wake();
    });
  }

  readonly #woken: (() => void)[] = [];

  /** Resolves when the machine answers, or the host is stopped. */
  async #whenUp(): Promise<void> {
    while (!this.#link.isUp && !this.#stop.signal.aborted)
      await new Promise<void>((resolve) => this.#woken.push(resolve));
  }

  async #onUp(isContinued: boolean): Promise<void> {
    for (const wake of this.#woken.splice(0)) wake();
    this.#events.emit('up', { address: this.address, isContinued });
    this.#resuming ??= this.#resume();
    await this.#enableRealTime();
    const time = this.#options.machineTime?.();
    if (time) await this.ask('setDateTime', time);
    const capabilities = await discover(this.ask);
    if (!capabilities) return;
    this.#capabilities = capabilities;
    this.#denomCode = capabilities.denomCode ?? this.#denomCode;
    if (capabilities.features) this.#metering.extended = capabilities.features.extendedMeters;
    if (this.#options.pollInterval === undefined)
      this.#link.interval = capabilities.features?.polling40ms ? fastInterval : usualInterval;
  }

  /** Goes on, once, with what an earlier process left open. */
  async #resume(): Promise<void> {
    await Promise.all([
      this.#transfers.resume().catch((error) => this.reportFailure('transfer', error)),
      this.#ticketIns.resume().catch((error) => this.reportFailure('ticketIn', error)),
    ]);
  }

  /** To the handler that takes it for good, and to those who listen. */
  async #deliver<E extends 'transfer' | 'ticketIn'>(
    event: E,
    result: HostEvents[E],
    handler: ((result: HostEvents[E]) => Promise<void>) | undefined,
  ): Promise<boolean> {
    let isTaken = true;
    try {
      await handler?.(result);
    } catch (error) {
      isTaken = false;
      this.reportFailure(event, error);
    }
    this.#events.emit(event, result);
    return isTaken;
  }

  async #enableRealTime(): Promise<void> {
    if (this.#options.realTimeEvents) await this.ask('realTimeEvents', { rteEnabled: true });
  }

  async #knowDenomination(): Promise<void> {
    if (this.#denomCode !== undefined) return;
    const info = await this.ask('machineInfo', {}, { priority: 'followUp' });
    if (info.ok && info.kind === 'data') this.#denomCode = info.fields.denomCode;
  }

  async #assetNumber(): Promise<number | undefined> {
    if (this.#capabilities?.assetNumber !== undefined) return this.#capabilities.assetNumber;
    const status = await this.ask('aftLock', { lockCode: 0xff, transferCondition: '00', lockTimeout: 0 });
    return status.ok && status.kind === 'data' ? status.fields.assetNumber : undefined;
  }
}

const notSent = (code: 'sas.stopped' | 'sas.down') => ({ ok: false, error: { code, sent: 0 } }) as const;
