import type { Clock, Duration, Random, Timer } from '@vakhta/kernel';
import type { LongPoll } from '../frames/index.ts';
import { messageByCode } from '../messages/registry.ts';
import { awardHandlers } from './handlers/awards.ts';
import { controlHandlers } from './handlers/control.ts';
import type { Handler, Handlers } from './handlers/handler.ts';
import { identityHandlers } from './handlers/identity.ts';
import { meterHandlers } from './handlers/meters.ts';
import { moneyHandlers } from './handlers/money.ts';
import type { Machine, Switches } from './machine.ts';
import { completeSetup, type MachineDeps, type MachineSetup, type PartialSetup } from './machine-setup.ts';
import { Ledger } from './money/ledger.ts';
import { MachineMeters } from './money/machine-meters.ts';
import type { AnswerFault } from './port/answer-faults.ts';
import type { Answer } from './port/conversation.ts';
import { type BillHappening, ExceptionQueue, type Happening } from './port/exception-queue.ts';
import { MachinePort } from './port/machine-port.ts';
import { plainQuirks, type Quirks } from './quirks.ts';
import { Bonuses } from './units/bonuses.ts';
import { reissueEvery } from './units/cabinet.ts';
import { Cashouts } from './units/cashouts.ts';
import { Handpays } from './units/handpays.ts';
import { Play } from './units/play.ts';
import { Progressives } from './units/progressives.ts';
import { Registration } from './units/registration.ts';
import { TicketsIn } from './units/tickets-in.ts';
import { TransferLock } from './units/transfer-lock.ts';
import { Transfers } from './units/transfers.ts';
import { ValidationRecords } from './units/validation-records.ts';
import { WallClock } from './units/wall-clock.ts';

const handlers: Handlers = {
  ...controlHandlers,
  ...meterHandlers,
  ...identityHandlers,
  ...awardHandlers,
  ...moneyHandlers,
};

/** Duties of the first channel alone: validation, tickets and transfers (facts 1.1). */
const firstChannelOnly: ReadonlySet<string> = new Set([
  '3D',
  '3E',
  '3F',
  '57',
  '67',
  '68',
  '69',
  '6A',
  '6B',
  '6C',
  '6D',
  '6F',
]);

/**
 * A slot machine that speaks SAS: everything behind the connector. What happens in it is told by methods of its
 * units; what survives a power cycle is all but synchronisation, real-time mode and the stored answer.
 */
export class SimulatedMachine implements Machine {
  readonly setup: MachineSetup;
  readonly quirks: Quirks;
  readonly clock: Clock;
  readonly random: Random;
  readonly ledger = new Ledger();
  readonly meters: MachineMeters;
  readonly ports: readonly MachinePort[];
  readonly handpays: Handpays;
  readonly records: ValidationRecords;
  readonly cashouts: Cashouts;
  readonly ticketsIn: TicketsIn;
  readonly registration: Registration;
  readonly transfers: Transfers;
  readonly lock: TransferLock;
  readonly progressives: Progressives;
  readonly bonuses: Bonuses;
  readonly play: Play;
  readonly switches: Switches = {
    playEnabled: true,
    gameEnabled: true,
    billsEnabled: true,
    billsStayEnabled: true,
    billMask: 0xffffff,
    inMaintenance: false,
    doorOpen: false,
    busy: false,
  };
  readonly ticketing = { states: 0x8023, cashableDays: 30, restrictedDays: 30, isDataSet: false };
  readonly counters = { slotDoorOpened: 0, powerResets: 0, billUnits: 0 };
  lastBill = { countryCode: 0, billDenomCode: 0, billCount: 0 };
  floorLocation = '';
  /** What is wrong with the next answer; a test or an operator sets it. */
  fault: (answer: Uint8Array, toGeneralPoll: boolean) => AnswerFault | undefined = () => undefined;
  /** Told of everything the machine raises, as it happens. */
  onRaised: (code: string) => void = () => {};
  readonly #wallClock: WallClock;
  #isOn = true;
  readonly #whenOn: (() => void)[] = [];

  /** `channels`: one, or two with separate queues, of which the first has validation and transfers. */
  constructor(setup: PartialSetup, deps: MachineDeps, channels: 1 | 2 = 1) {
    this.setup = completeSetup(setup);
    this.quirks = { ...plainQuirks, ...this.setup.quirks };
    this.clock = deps.clock;
    this.random = deps.random;
    this.#wallClock = new WallClock(deps.clock, this.setup.clock);
    this.meters = new MachineMeters((code) => this.#liveMeter(code));
    this.ledger.move('operator', 'cashable', this.setup.credits);
    for (const [code, value] of Object.entries(this.setup.meters)) this.setMeter(code, value);
    this.handpays = new Handpays(this);
    this.records = new ValidationRecords(this);
    this.cashouts = new Cashouts(this, this.records);
    this.ticketsIn = new TicketsIn(this);
    this.registration = new Registration(this);
    this.transfers = new Transfers(this, this.registration, () => this.isIdle);
    this.lock = new TransferLock(this, this.transfers, this.registration);
    this.transfers.onEnd = () => this.lock.release();
    this.progressives = new Progressives(this);
    this.bonuses = new Bonuses(this, () => this.isIdle);
    this.play = new Play(this);
    this.ports = Array.from({ length: channels }, (_, channel) => this.#makePort(channel));
    for (const code of this.setup.queue) this.raise({ code });
  }

  /** The first channel. */
  get port(): MachinePort {
    return this.ports[0]!;
  }

  /** Nothing is going on that money would have to wait for. */
  get isIdle(): boolean {
    const { inMaintenance, doorOpen } = this.switches;
    return !inMaintenance && !doorOpen && !this.handpays.isLocked && !this.cashouts.isPending;
  }

  raise(happening: Happening | BillHappening): void {
    const code = 'code' in happening ? happening.code : 'bill';
    for (const [channel, port] of this.ports.entries())
      if (channel === 0 || !firstChannelOnly.has(code)) port.queue.raise(happening);
    this.onRaised(code);
  }

  clear(flag: string): void {
    for (const port of this.ports) port.queue.clear(flag);
  }

  raiseUntilServed(flag: string, period: Duration = reissueEvery): Timer {
    this.raise({ code: flag });
    return this.clock.every(period, () => this.raise({ code: flag }));
  }

  wallClock(): { date: string; time: string } {
    return this.#wallClock.read();
  }

  setWallClock(date: string, time: string): boolean {
    return this.#wallClock.set(date, time);
  }

  addDerived(code: string, amount: number): void {
    if (this.setup.options.derivedMeters) this.meters.add(code, amount);
  }

  /** Sets the credit meter by hand, to and from nowhere. */
  setCredits(credits: number): void {
    const now = this.ledger.credits;
    if (credits > now) this.ledger.move('operator', 'cashable', credits - now);
    else this.ledger.move('cashable', 'operator', now - credits);
  }

  /** Sets a meter by hand; that of the credits is the balance itself. */
  setMeter(code: string, value: number): void {
    if (code === '000C') this.setCredits(value);
    else this.meters.set(code, value);
  }

  /** Mains off and on again in the same instant. */
  powerCycle(): void {
    this.powerOff();
    this.powerOn();
  }

  get isOn(): boolean {
    return this.#isOn;
  }

  powerOff(): void {
    this.#isOn = false;
    for (const port of this.ports) port.switchOff();
    this.switches.busy = false;
  }

  powerOn(): void {
    this.counters.powerResets++;
    this.meters.set('0025', 0);
    for (const port of this.ports) port.switchOn();
    this.raise({ code: '18' });
    this.raise({ code: '17' });
    this.#isOn = true;
    for (const run of this.#whenOn.splice(0)) run();
  }

  /** Runs at once, or when the mains are back: nothing is printed, stacked or moved without them. */
  whenOn(run: () => void): void {
    if (this.#isOn) run();
    else this.#whenOn.push(run);
  }

  #liveMeter(code: string): number | undefined {
    if (code === '000C') return this.ledger.credits;
    return code === '001B' ? this.ledger.balance('restricted') : undefined;
  }

  #makePort(channel: number): MachinePort {
    const { options, address, synced, rte } = this.setup;
    const port: MachinePort = new MachinePort({
      address,
      clock: this.clock,
      queue: new ExceptionQueue(options.queueSize, this.setup.validation === 'standard' ? ['3D', '3E'] : []),
      quirks: this.quirks,
      thirdRepeat: options.thirdRepeat,
      completion: options.completion,
      answerDelay: options.answerDelayMs,
      fault: (answer, toGeneralPoll) => this.fault(answer, toGeneralPoll),
      isBusy: () => this.switches.busy,
      answer: (request) => this.#answer(request, port, channel),
    });
    if (synced) port.conversation.assumeSynced();
    port.conversation.rte = rte;
    return port;
  }

  #answer(request: LongPoll, port: MachinePort, channel: number): Answer | undefined {
    const name = messageByCode(request.command)?.name;
    if (name === undefined || (channel > 0 && name in moneyHandlers)) return undefined;
    // The name and the fields come from the same declaration.
    const handler = handlers[name] as Handler<typeof name> | undefined;
    return handler?.(this, request as never, port);
  }
}
