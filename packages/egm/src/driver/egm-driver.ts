import { join } from 'node:path';
import {
  type Clock,
  type Duration,
  type Json,
  minutes,
  newId,
  type Random,
  seconds,
  sleep,
} from '@vakhta/kernel';
import { type FirstPoll, type MachineEvent, SasHost } from '@vakhta/sas';
import type { Line } from '@vakhta/sas/line';
import type { ActionContext, ActionOutcome, Driver, DriverOptions } from '@vakhta/things';
import * as z from 'zod';
import type { Configuration, Identity } from '../facts/index.ts';
import type { EgmAction } from '../model/egm.ts';
import { type ActingMachine, actionHandlers, driftOf } from './action-handlers.ts';
import { type EgmConfiguration, parseConfiguration } from './configuration.ts';
import { Exceptions } from './exceptions.ts';
import { Handpays } from './handpays.ts';
import { MachineStore, type StoreHooks } from './machine-store.ts';
import { MachineView } from './machine-view.ts';
import { readIdentity } from './read-identity.ts';
import { Readings } from './readings.ts';
import { Transfers } from './transfers.ts';
import { nextDayStart, sasTime } from './zoned-time.ts';

/** Opens a line that mends itself, by what the configuration says of it. */
export type OpenLasting = (
  line: string,
  parts: { readonly clock: Clock; readonly random: Random; readonly onRefused: (error: unknown) => void },
) => Line;

export interface EgmDriverParts {
  readonly openLine: OpenLasting;
  /** The seam for faults. */
  readonly storeHooks?: StoreHooks | undefined;
}

/** A machine that never answered is out of contact after so long: it may take the first 6 s to be synchronised. */
const answersWithin: Duration = seconds(10);
const heartbeat: Duration = minutes(1);

/** After these, meters are read at once: money or trust changes hands. */
const readAfter: ReadonlySet<string> = new Set(
  '11 12 13 14 15 16 19 1A 1B 1C 1D 1E 31 32 33 34 3A 51 52 66 6A 70 7A 7B'.split(' '),
);
/** After these, the machine may be another, or set up otherwise. */
const identifyAfter: Readonly<Record<string, Identity['cause'] | undefined>> = {
  '17': 'power',
  '3C': 'optionsChanged',
};

const playCodes: ReadonlySet<string> = new Set(['7E', '7F']);

const Known = z.object({ serial: z.string().nullable(), romSignature: z.string().nullable() });

/** Looks after one slot machine on a line of its own. */
export class EgmDriver implements Driver {
  readonly #options: DriverOptions;
  readonly #parts: EgmDriverParts;
  readonly #configuration: EgmConfiguration;
  #acting: ActingMachine | undefined;

  /** @throws UsageError egm.configuration */
  constructor(options: DriverOptions, parts: EgmDriverParts) {
    this.#options = options;
    this.#parts = parts;
    this.#configuration = parseConfiguration(options.configuration);
  }

  async run(signal: AbortSignal): Promise<void> {
    const { directory, thing, clock, random, report } = this.#options;
    const store = new MachineStore(join(directory, `${thing}.sqlite`), this.#parts.storeHooks);
    const line = this.#parts.openLine(this.#configuration.line, {
      clock,
      random,
      onRefused: (error) => void report.online(false, { code: 'egm.line_closed', message: String(error) }),
    });
    const ending = new AbortController();
    const stopped = AbortSignal.any([signal, ending.signal]);
    const { promise: failure, reject: fail } = Promise.withResolvers<never>();
    const machine = new AttendedMachine(this.#options, this.#configuration, { store, line, stopped, fail });
    this.#acting = machine.acting;
    try {
      await Promise.race([machine.run(), failure, aborted(stopped)]);
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      this.#acting = undefined;
      ending.abort();
      await machine.acting.host.stop();
      await line.close();
      store.close();
      failure.catch(() => {});
    }
  }

  async act(action: string, input: Record<string, Json>, context: ActionContext): Promise<ActionOutcome> {
    const acting = this.#acting;
    if (!acting) return { state: 'failed', code: 'egm.offline', message: 'the line is being opened' };
    return actionHandlers[action as EgmAction](acting, input, context);
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });

interface Attended {
  readonly store: MachineStore;
  readonly line: Line;
  readonly stopped: AbortSignal;
  readonly fail: (error: unknown) => void;
}

/** One machine while its driver runs: who listens to what it tells, and what is asked of it when. */
class AttendedMachine {
  readonly acting: ActingMachine;
  readonly #options: DriverOptions;
  readonly #configuration: EgmConfiguration;
  readonly #attended: Attended;
  readonly #exceptions: Exceptions;
  /** As it was last told, also to an earlier process. */
  #denomination: number | null;
  /** Who answers, and what its meters stood at when the link came up, is on disk. */
  #isAttended = false;
  #isWholeUnderWay = false;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: DriverOptions, configuration: EgmConfiguration, attended: Attended) {
    this.#options = options;
    this.#configuration = configuration;
    this.#attended = attended;
    const { clock, random, report } = options;
    const { store, line } = attended;
    this.#denomination = store.mark('denomination', z.int().nullable()) ?? null;
    const view = new MachineView(report, clock);
    this.#exceptions = new Exceptions(report, store, (event) => this.#onKept(event));
    const handpays = new Handpays(report, store, {
      denomination: () => this.#denomination,
      onRead: (handpay) => view.onHandpay(handpay),
    });
    const host: SasHost = new SasHost({
      line,
      address: configuration.address,
      clock,
      random,
      pollInterval: configuration.pollEvery,
      syncBeforePoll: configuration.syncBeforePoll,
      journal: store,
      // It is asked here, so that the answer is kept before the machine forgets it.
      withoutFollowUps: ['51'],
      ...(configuration.setsClock ? { machineTime: () => sasTime(clock.now(), configuration.timeZone) } : {}),
      firstPoll: this.#firstPoll(handpays),
      handlers: {
        keepException: (event) => {
          if (!configuration.recordsGames && playCodes.has(event.code)) return Promise.resolve();
          if (event.code === '52') handpays.onReset();
          return this.#exceptions.keep(event);
        },
        onReceived: this.#exceptions.onReceived,
        onTransferStep: (step) => transfers.onStep(step),
        onTransfer: (result) => transfers.onResult(result),
      },
    });
    const readings = new Readings({
      host,
      report,
      clock,
      life: newId({ clock, random }),
      onMeters: (values) => {
        view.onMeters(values);
        report.confirm();
      },
    });
    const transfers: Transfers = new Transfers({
      host,
      report,
      store,
      takeReading: (cause) => readings.take(cause),
      onState: (state) => view.set('transfer', state),
    });
    this.acting = {
      host,
      clock,
      store,
      view,
      readings,
      handpays,
      transfers,
      timeZone: configuration.timeZone,
      identify: (cause) => this.#identify(cause),
    };
    host.on('up', ({ isContinued }) => this.#onUp(isContinued));
    host.on('down', () => this.#onDown());
    host.on('handlerFailed', ({ error }) => attended.fail(error));
  }

  async run(): Promise<void> {
    const { host, view, transfers } = this.acting;
    view.set('link', 'connecting');
    view.set('transfer', 'none');
    view.onEnabled(this.#attended.store.mark('enabled', z.boolean()) ?? null);
    await transfers.resume();
    host.start();
    const unheard = this.#options.clock.after(answersWithin, () => {
      if (!host.isUp) this.#onDown();
    });
    try {
      await Promise.all([this.#watchMeters(), this.#watchGameDay()]);
    } finally {
      unheard.cancel();
    }
  }

  #firstPoll(handpays: Handpays): FirstPoll {
    if (handpays.isUnsettled)
      return {
        poll: 'handpay',
        onAnswer: async (fields, frame) => void (await handpays.keep(fields, frame)),
      };
    return { poll: this.#exceptions.hasUnreceived ? 'currentCredits' : 'generalPoll' };
  }

  #onUp(isContinued: boolean): void {
    const { view, handpays, host } = this.acting;
    this.#exceptions.onUp(isContinued);
    view.set('link', 'up');
    void this.#options.report.online(true);
    this.#inTurn(async () => {
      const isIdentified = await this.#identify('linkUp');
      if (handpays.isUnsettled) await handpays.read(host);
      if (isIdentified) await this.acting.readings.take('linkUp');
      this.#isAttended = host.isUp;
    });
  }

  #onDown(): void {
    this.#isAttended = false;
    const { view } = this.acting;
    view.set('link', 'down');
    view.onDown();
    void this.#options.report.online(false, { code: 'egm.silent', message: 'no answer to polls' });
  }

  /** The machine's word is on disk; now it may be acted upon. */
  #onKept({ code }: MachineEvent): void {
    const { view, handpays, host, readings } = this.acting;
    view.onException(code);
    if (code === '51') this.#inTurn(() => handpays.read(host));
    const cause = identifyAfter[code];
    if (cause)
      this.#inTurn(async () => {
        if (await this.#identify(cause)) await readings.take('exception');
      });
    else if (readAfter.has(code)) this.#inTurn(() => readings.take('exception'));
  }

  /** Asks who the machine is, and how it is set up, and records both. */
  async #identify(cause: Identity['cause']): Promise<boolean> {
    const { host, view, readings } = this.acting;
    const { report } = this.#options;
    const { store } = this.#attended;
    const answers = await readIdentity(host, this.#configuration.romSeed);
    if (!answers) return false;
    const { serial, romSignature } = answers.identity;
    const known = store.mark('identity', Known);
    const isOther =
      known !== undefined && (differ(known.serial, serial) || differ(known.romSignature, romSignature));
    const before = store.mark('configuration', z.string());
    const configuration = JSON.stringify(answers.configuration);
    if (this.#denomination !== answers.configuration.denominationCode) {
      this.#denomination = answers.configuration.denominationCode;
      store.setMark('denomination', this.#denomination);
    }
    if (isOther || (before !== undefined && before !== configuration)) readings.forget();
    const identityFact: Identity = { cause, ...answers.identity, isChanged: isOther };
    const configurationFact: Configuration = {
      ...answers.configuration,
      isChanged: before !== undefined && before !== configuration,
    };
    await report.event('identity', { ...identityFact });
    await report.event('configuration', { ...configurationFact });
    store.setMark('identity', {
      serial: serial ?? known?.serial ?? null,
      romSignature: romSignature ?? known?.romSignature ?? null,
    });
    store.setMark('configuration', configuration);
    if (isOther) {
      // What another machine was told says nothing of this one.
      store.clearMark('enabled');
      view.onEnabled(null);
    }
    view.onIdentity(answers.identity);
    view.onConfiguration(answers.configuration);
    return true;
  }

  async #watchMeters(): Promise<void> {
    const { clock } = this.#options;
    const { liveEvery, readingEvery } = this.#configuration;
    const { host, readings } = this.acting;
    for (;;) {
      await sleep(clock, liveEvery, this.#attended.stopped);
      if (!host.isUp || !this.#isAttended) continue;
      const isMoney = await readings.look(() => readings.age.any >= readingEvery);
      if (this.#isWholeUnderWay) continue;
      if (isMoney) this.#takeWhole(() => readings.take('change'));
      else if (readings.age.whole >= heartbeat) this.#takeWhole(() => this.#heartbeat());
    }
  }

  /** A reading of all meters takes a second; the main ones are looked at meanwhile. */
  #takeWhole(take: () => Promise<unknown>): void {
    this.#isWholeUnderWay = true;
    this.#inTurn(async () => {
      await take();
      this.#isWholeUnderWay = false;
    });
  }

  async #heartbeat(): Promise<void> {
    const { host, readings, view } = this.acting;
    const reading = await readings.take('heartbeat');
    const now = this.#options.clock.now();
    const drift = driftOf(reading?.clocks.machine ?? null, now, this.#configuration.timeZone);
    view.set('clockDrift', drift === null ? null : Math.round(drift / 1000));
    const { polls, damaged } = host.counts;
    view.set('lineErrors', Math.round((10_000 * damaged) / Math.max(1, polls)) / 10);
  }

  async #watchGameDay(): Promise<void> {
    const { clock } = this.#options;
    const { timeZone, gameDayStart, setsClock } = this.#configuration;
    let boundary = nextDayStart(clock.now(), timeZone, gameDayStart);
    for (;;) {
      // The wall clock may be set meanwhile.
      await sleep(clock, Math.max(1, Math.min(heartbeat, boundary - clock.now())), this.#attended.stopped);
      if (clock.now() >= boundary) {
        const passed = boundary;
        this.#inTurn(async () => {
          await this.acting.readings.take('boundary', { boundary: passed });
          if (setsClock) await this.acting.host.ask('setDateTime', sasTime(clock.now(), timeZone));
        });
      }
      boundary = nextDayStart(clock.now(), timeZone, gameDayStart);
    }
  }

  /** One conversation with the machine after another; one that fails is a bug, and the driver is opened anew. */
  #inTurn(work: () => Promise<unknown>): void {
    this.#turn = this.#turn.then(work).catch((error: unknown) => {
      if (!this.#attended.stopped.aborted) this.#attended.fail(error);
    });
  }
}

const differ = (known: string | null, now: string | null): boolean =>
  known !== null && now !== null && known !== now;
