import { type Clock, type Duration, type Random, type Timer, UsageError } from '@vakhta/kernel';
import type { RequestFields } from '../codec/message.ts';
import { encodeRequest, longPollTo } from '../frames/index.ts';
import type { Line } from '../line/index.ts';
import { type MessageName, type Messages, messages } from '../messages/index.ts';
import { type Capabilities, discover } from './capabilities.ts';
import { Emitter } from './events/emitter.ts';
import type { HostEvents } from './events/host-events.ts';
import { ExceptionDesk } from './exception-desk.ts';
import { HandpayWatch } from './handpays/handpay-watch.ts';
import { type Journal, MemoryJournal } from './journal/journal.ts';
import { MachineLink } from './link/machine-link.ts';
import { PollLoop } from './link/poll-loop.ts';
import { MeterEngine } from './meters/meter-engine.ts';
import type { Ask, AskOptions } from './polls/ask.ts';
import type { PollOutcome } from './polls/poll-outcome.ts';
import type { TicketInResult } from './tickets/ticket-in-journal.ts';
import { TicketIns, type TicketInsDeps } from './tickets/ticket-ins.ts';
import { type IssueNumber, TicketOuts } from './tickets/ticket-outs.ts';
import type { TransferResult } from './transfers/transfer-journal.ts';
import { type TransferRequest, Transfers } from './transfers/transfers.ts';

/** What the program answers for; without one of them the host takes the careful way. */
export interface HostHandlers {
  /** What a ticket in the acceptor is worth. Without it every ticket is given back. */
  readonly validateTicket?: NonNullable<TicketInsDeps['validate']>;
  /** A number for a ticket, with system validation. Without it cash-outs are refused. */
  readonly issueNumber?: IssueNumber;
  /** Takes a result for good; called again after a crash until it has resolved once. */
  readonly onTransfer?: (result: TransferResult) => Promise<void>;
  readonly onTicketIn?: (result: TicketInResult) => Promise<void>;
}

export interface SasHostOptions {
  /** The line, or a loop that several machines share. */
  readonly line: Line | PollLoop;
  /** 1-127. */
  readonly address: number;
  readonly clock: Clock;
  readonly random: Random;
  /** Default: 200 ms until the machine says that it takes 40 (facts 1.3). */
  readonly pollInterval?: Duration;
  readonly realTimeEvents?: boolean;
  readonly syncBeforePoll?: boolean;
  /** Sets the machine's clock at every link-up; the default is to leave it. `now` in the machine's local time. */
  readonly machineTime?: () => { readonly date: string; readonly time: string };
  readonly journal?: Journal;
  readonly handlers?: HostHandlers;
  /** Meters to read at regular times. */
  readonly meters?: { readonly codes: readonly string[]; readonly every: Duration };
  /** Exceptions whose follow-up poll is not wanted: another channel has that duty. */
  readonly withoutFollowUps?: readonly string[];
}

const usualInterval: Duration = 200;
const fastInterval: Duration = 40;

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
        : new PollLoop({ line, clock, onChirp: (from) => this.#events.emit('chirp', { address: from }) });
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
      deliver: async (result) => {
        await handlers.onTransfer?.(result);
        this.#events.emit('transfer', result);
      },
    });
    this.#ticketIns = new TicketIns({
      ask: this.ask,
      clock,
      random,
      journal,
      whenUp,
      stopped,
      validate: handlers.validateTicket,
      deliver: async (result) => {
        await handlers.onTicketIn?.(result);
        this.#events.emit('ticketIn', result);
      },
    });
    this.#desk = new ExceptionDesk({
      address,
      ask: this.ask,
      events: this.#events,
      without: options.withoutFollowUps ?? [],
      isStandardValidation: () => this.#capabilities?.features?.validationStyle === 0,
      handpays: new HandpayWatch(
        (handpay) => this.#events.emit('handpay', handpay),
        () => this.#capabilities?.denomCode,
      ),
      ticketOuts: new TicketOuts({
        ask: this.ask,
        issueNumber: handlers.issueNumber,
        onTicket: (ticket) => this.#events.emit('ticketPrinted', ticket),
      }),
      ticketIns: this.#ticketIns,
      transfers: this.#transfers,
      onPowerUp: () => void this.#enableRealTime(),
    });
    this.#link = new MachineLink({
      address,
      clock,
      interval: options.pollInterval ?? usualInterval,
      syncBeforePoll: options.syncBeforePoll ?? false,
      onTold: (told) => this.#desk.onTold(told),
      onSignature: ({ signature = '' }) => this.#events.emit('romSignature', { signature }),
      onUp: () => void this.#onUp(),
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

  /** Calls `listener` with every such event; the returned function ends that. */
  on: Emitter<HostEvents>['on'] = (event, listener) => this.#events.on(event, listener);

  /** Calls `listener` with the next such event only. */
  once: Emitter<HostEvents>['once'] = (event, listener, isMeant) =>
    this.#events.once(event, listener, isMeant);

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
  readonly ask: Ask = (poll, fields, options = {}) => this.#askFor(poll, fields, options);

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

  #askFor<N extends MessageName>(
    poll: N,
    fields: RequestFields<Messages[N]>,
    { priority = 'command', within }: AskOptions,
  ): Promise<PollOutcome> {
    const bytes = encodeRequest(longPollTo(this.address, poll, fields));
    if (this.#stop.signal.aborted) return Promise.resolve(notSent('sas.stopped'));
    if (!this.#link.isUp) return Promise.resolve(notSent('sas.down'));
    return new Promise((done) => {
      const deadline =
        within === undefined ? Number.POSITIVE_INFINITY : this.#options.clock.monotonic() + within;
      this.#link.queue.add({ bytes, command: messages[poll].code, priority, deadline, done });
      this.#loop.wake();
    });
  }

  readonly #woken: (() => void)[] = [];

  /** Resolves when the machine answers, or the host is stopped. */
  async #whenUp(): Promise<void> {
    while (!this.#link.isUp && !this.#stop.signal.aborted)
      await new Promise<void>((resolve) => this.#woken.push(resolve));
  }

  async #onUp(): Promise<void> {
    for (const wake of this.#woken.splice(0)) wake();
    this.#events.emit('up', { address: this.address });
    await this.#enableRealTime();
    const time = this.#options.machineTime?.();
    if (time) await this.ask('setDateTime', time);
    const capabilities = await discover(this.ask);
    if (!capabilities) return;
    this.#capabilities = capabilities;
    if (capabilities.features) this.#metering.extended = capabilities.features.extendedMeters;
    if (this.#options.pollInterval === undefined)
      this.#link.interval = capabilities.features?.polling40ms ? fastInterval : usualInterval;
    this.#resuming ??= this.#resume();
  }

  /** Goes on, once, with what an earlier process left open. */
  async #resume(): Promise<void> {
    await this.#transfers.resume();
    await this.#ticketIns.resume();
  }

  async #enableRealTime(): Promise<void> {
    if (this.#options.realTimeEvents) await this.ask('realTimeEvents', { rteEnabled: true });
  }

  async #assetNumber(): Promise<number | undefined> {
    if (this.#capabilities?.assetNumber !== undefined) return this.#capabilities.assetNumber;
    const status = await this.ask('aftLock', { lockCode: 0xff, transferCondition: '00', lockTimeout: 0 });
    return status.ok && status.kind === 'data' ? Number(status.fields.assetNumber) : undefined;
  }
}

const notSent = (code: 'sas.stopped' | 'sas.down'): PollOutcome => ({ ok: false, error: { code, sent: 0 } });
