import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Duration, type Json, newId, seconds, seededRandom, type ThingId } from '@vakhta/kernel';
import { type LineSymbol, type MemoryLineOptions, memoryLine } from '@vakhta/sas/line';
import { type PartialSetup, SimulatedMachine } from '@vakhta/sas/simulator';
import { VirtualClock } from '@vakhta/testkit';
import { type ActionOutcome, type Driver, parseValue, type Reporter } from '@vakhta/things';
import { type EgmDriverParts, egmDriver } from '../src/driver/index.ts';
import { type FactName, facts } from '../src/facts/index.ts';
import { egm } from '../src/model/egm.ts';

export interface BenchOptions {
  readonly setup?: PartialSetup;
  readonly configuration?: Record<string, Json>;
  readonly line?: Partial<MemoryLineOptions>;
  readonly start?: number;
  readonly seed?: number;
}

/** Something the driver reported, in the order it was on disk. */
export interface Kept {
  readonly name: FactName;
  readonly data: Record<string, Json>;
  readonly at: number;
}

/** A driver and a simulated machine on one line in memory and one virtual clock; the disk of the driver is real. */
export class EgmBench {
  readonly clock: VirtualClock;
  readonly random;
  readonly directory = mkdtempSync(join(tmpdir(), 'vakhta-egm-'));
  readonly thing: ThingId;
  readonly events: Kept[] = [];
  readonly properties = new Map<string, Json>();
  readonly presence: boolean[] = [];
  readonly wrong: string[] = [];
  /** Nothing more goes to disk: what is reported waits. */
  isFull = false;
  /** A cut cable: nothing arrives, either way or the one that is named. */
  isCut: boolean | 'toMachine' | 'toHost' = false;
  machine: SimulatedMachine;
  crashed: unknown;
  /** Moments just before and just after a write to either disk, so far. */
  writePoints = 0;
  /** At which of them the process is killed. */
  dieAt = Number.POSITIVE_INFINITY;
  #once = new Map<string, string>();
  #waiting: (() => void)[] = [];
  #driver: Driver | undefined;
  #ending = new AbortController();
  #life = 0;
  readonly #line;
  readonly #configuration: Record<string, Json>;

  constructor(options: BenchOptions = {}) {
    this.clock = new VirtualClock(options.start ?? Date.UTC(2026, 0, 10, 12));
    this.random = seededRandom(options.seed ?? 1);
    this.thing = newId<ThingId>(this);
    const cut = (way: 'toMachine' | 'toHost') => (symbols: readonly LineSymbol[]) =>
      symbols.map((one) => (this.isCut === true || this.isCut === way ? undefined : one));
    this.#line = memoryLine({
      clock: this.clock,
      symbolTime: 0.573,
      hostFault: cut('toMachine'),
      machineFault: cut('toHost'),
      ...options.line,
    });
    this.machine = this.plugIn(options.setup);
    const configuration = parseValue(egm.configuration, { line: 'memory:test', ...options.configuration });
    if (!configuration.ok) throw new Error(configuration.error.message);
    this.#configuration = configuration.value as Record<string, Json>;
  }

  /** Puts another cabinet on the line. */
  plugIn(setup: PartialSetup = {}): SimulatedMachine {
    this.machine?.powerOff();
    this.machine = new SimulatedMachine(
      { credits: 1000, synced: false, ...setup, options: { answerDelayMs: 2, ...setup.options } },
      this,
    );
    this.machine.port.connect(this.#line.machine);
    return this.machine;
  }

  start(): void {
    const life = ++this.#life;
    this.#ending = new AbortController();
    const { host } = this.#line;
    // The line outlives a process that dies: the next one finds the same cable.
    const openLine = () => ({
      latency: 0,
      closed: new Promise<undefined>(() => {}),
      send: (symbols: readonly LineSymbol[]) =>
        life === this.#life ? host.send(symbols) : new Promise<never>(() => {}),
      receive: host.receive.bind(host),
      flush: () => host.flush(),
      close: async () => {},
    });
    const module = egmDriver({ openLine, storeHooks: this.#hooks(life) });
    this.#driver = module.open({
      thing: this.thing,
      configuration: this.#configuration,
      report: this.#reporter(life),
      clock: this.clock,
      random: this.random,
      directory: this.directory,
      log: () => {},
    });
    const { signal } = this.#ending;
    this.#driver.run(signal).catch((error: unknown) => {
      if (life === this.#life) this.crashed = error;
    });
  }

  get isDead(): boolean {
    return this.#ending.signal.aborted;
  }

  /** The process is gone: nothing it still does counts, and nothing of it is on the wire any more. */
  die(): void {
    this.#life++;
    this.#waiting = [];
    this.#ending.abort();
  }

  async restart(away: Duration = 100): Promise<void> {
    this.die();
    await this.clock.advance(away);
    this.start();
  }

  /** Until all that a driver does at first is done. */
  async ready(): Promise<void> {
    const before = this.facts('reading').length;
    await this.clock.advanceUntil(() => this.facts('reading').length > before, 60_000);
  }

  async started(): Promise<this> {
    this.start();
    await this.ready();
    return this;
  }

  drain(): void {
    this.isFull = false;
    for (const write of this.#waiting.splice(0)) write();
  }

  facts(name: FactName): Record<string, Json>[] {
    return this.events.flatMap((event) => (event.name === name ? [event.data] : []));
  }

  codes(): Json[] {
    return this.facts('exception').map(({ code }) => code ?? null);
  }

  act(action: string, input: Record<string, Json> = {}, limit = seconds(30)): Promise<ActionOutcome> {
    const controller = new AbortController();
    const timer = this.clock.after(limit, () => controller.abort());
    return this.#driver!.act(action, input, {
      deadline: this.clock.now() + limit,
      signal: controller.signal,
    }).finally(() => timer.cancel());
  }

  /** Acts, and lets time pass until it has ended. */
  async done(action: string, input: Record<string, Json> = {}, limit = seconds(30)): Promise<ActionOutcome> {
    let outcome: ActionOutcome | undefined;
    void this.act(action, input, limit).then((ended) => {
      outcome = ended;
    });
    await this.clock.advanceUntil(() => outcome !== undefined, limit + 1000);
    return outcome!;
  }

  end(): void {
    this.die();
    this.machine.powerOff();
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** Whether the process is killed at this very moment. */
  #diesHere(): boolean {
    this.writePoints++;
    if (this.writePoints !== this.dieAt) return false;
    this.die();
    return true;
  }

  #hooks(life: number): NonNullable<EgmDriverParts['storeHooks']> {
    const point = () => {
      if (life !== this.#life || this.#diesHere()) throw new Error('the process is gone');
    };
    return { beforeWrite: point, afterWrite: point };
  }

  #reporter(life: number): Reporter {
    const never = new Promise<never>(() => {});
    const isGone = () => life !== this.#life;
    return {
      property: async (name, value) => {
        if (isGone()) return never;
        const schema = egm.properties[name]?.schema;
        if (!schema) this.wrong.push(`no property ${name}`);
        else if (value !== null && !parseValue(schema, value).ok)
          this.wrong.push(`${name} is ${JSON.stringify(value)}`);
        this.properties.set(name, value);
      },
      event: (name, data, { once } = {}) =>
        new Promise((resolve) => {
          if (isGone()) return;
          const parsed = facts[name as FactName]?.safeParse(data);
          if (!parsed?.success) this.wrong.push(`${name}: ${parsed?.error.message}`);
          const at = this.clock.now();
          const write = () => {
            if (this.#diesHere()) return;
            if (once === undefined || this.#once.get(name) !== once)
              this.events.push({ name: name as FactName, data: data as Record<string, Json>, at });
            if (once !== undefined) this.#once.set(name, once);
            if (!this.#diesHere()) resolve();
          };
          if (this.isFull) this.#waiting.push(write);
          else write();
        }),
      lastOnce: (name) => this.#once.get(name),
      online: async (online) => {
        if (!isGone()) this.presence.push(online);
      },
      confirm: () => {},
    };
  }
}
