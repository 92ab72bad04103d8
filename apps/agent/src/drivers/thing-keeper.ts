import {
  AppError,
  type Clock,
  type Duration,
  type Instant,
  type Json,
  minutes,
  type Random,
  seconds,
  sleep,
  type Timer,
} from '@vakhta/kernel';
import type { AgentHealth, Assignment } from '@vakhta/link';
import {
  type ActionContext,
  type ActionOutcome,
  type Driver,
  type DriverLog,
  type DriverModule,
  parseValue,
  type ThingModel,
} from '@vakhta/things';
import { BackOff } from '../back-off.ts';
import type { Recorder } from '../outbox/recorder.ts';
import { newReportMemory, ThingReporter } from './thing-reporter.ts';

/** A driver that ran so long was well: its next crash begins with short waits again. */
const WELL_AFTER: Duration = minutes(1);
/** So long may a driver take to put its thing down when it is stopped. */
const STOP_WITHIN: Duration = seconds(3);

/** How an action ended; where the host has to say `unknown` itself, with a code for it. */
export type Outcome = ActionOutcome | { state: 'unknown'; code: string; message: string };

export interface KeeperDeps {
  clock: Clock;
  random: Random;
  recorder: Recorder;
  log: DriverLog;
  /** The driver's own folder. */
  directory: string;
}

type DriverHealth = AgentHealth['drivers'][number];

/** One opened driver, until it ends in one way or another. */
interface Run {
  readonly driver: Driver;
  readonly reporter: ThingReporter;
  readonly controller: AbortController;
  readonly openedAt: Duration;
  /** Resolves when the driver has crashed or was stopped, with what that means for an action under way. */
  readonly over: Promise<Outcome>;
  readonly end: (outcome: Outcome) => void;
}

/**
 * Looks after one thing by its driver: checks the configuration, opens the driver, opens a new one with back-off when it
 * crashes, and says so each time.
 */
export class ThingKeeper {
  readonly #assignment: Assignment;
  readonly #module: DriverModule | undefined;
  readonly #deps: KeeperDeps;
  readonly #backOff: BackOff;
  readonly #memory = newReportMemory();
  #run: Run | undefined;
  #ended: Promise<void> = Promise.resolve();
  #reopening: Timer | undefined;
  #refusal: string | undefined;
  #problem: string | undefined;
  #restarts = 0;
  #stopped = false;

  constructor(assignment: Assignment, module: DriverModule | undefined, deps: KeeperDeps) {
    this.#assignment = assignment;
    this.#module = module;
    this.#deps = deps;
    this.#backOff = new BackOff(deps.random, seconds(1), minutes(1));
  }

  get model(): ThingModel | undefined {
    return this.#module?.model;
  }

  get isRunning(): boolean {
    return this.#run !== undefined;
  }

  health(): DriverHealth {
    const state = this.#refusal !== undefined ? 'refused' : this.#run ? 'running' : 'restarting';
    const problem = (this.#refusal ?? this.#problem)?.slice(0, 500);
    return { thing: this.#assignment.thing, state, restarts: this.#restarts, problem };
  }

  /** When the thing's values were last found true; undefined if that was not since the last call. */
  takeConfirmed(): Instant | undefined {
    const at = this.#memory.confirmedAt;
    this.#memory.confirmedAt = undefined;
    return at;
  }

  start(): void {
    if (this.#stopped) return;
    const { model, configuration } = this.#assignment;
    if (!this.#module) {
      this.#refuse(`there is no driver for the model '${model}'`);
      return;
    }
    const parsed = parseValue(this.#module.model.configuration, configuration);
    if (!parsed.ok) {
      this.#refuse(parsed.error.message);
      return;
    }
    this.#open(this.#module, parsed.value as Record<string, Json>);
  }

  /** Carries out an action that was checked against the model. When the driver ends meanwhile, nobody knows. */
  async act(action: string, input: Record<string, Json>, context: ActionContext): Promise<Outcome> {
    const run = this.#run;
    if (!run) throw new AppError('agent.driver_not_running', 'there is no driver to act', { retry: 'after' });
    const signal = AbortSignal.any([context.signal, run.controller.signal]);
    return Promise.race([run.driver.act(action, input, { ...context, signal }), run.over]);
  }

  /** Stops the driver and waits until it has let go of its thing, but not for ever. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#reopening?.cancel();
    const run = this.#run;
    if (!run) return;
    run.controller.abort(new AppError('agent.driver_stopped', 'the driver is stopped'));
    await Promise.race([this.#ended, sleep(this.#deps.clock, STOP_WITHIN)]);
    this.#run = undefined;
    run.reporter.close();
    run.end({ state: 'unknown', code: 'driver_stopped', message: 'the driver was stopped meanwhile' });
  }

  /** Lets go at once, as a crash of the agent does. */
  abandon(): void {
    this.#stopped = true;
    this.#run?.reporter.close();
    this.#run?.controller.abort(new AppError('agent.abandoned', 'the agent is gone'));
  }

  #refuse(reason: string): void {
    this.#refusal = reason;
    this.#deps.log('error', 'driver.refused', { reason });
  }

  #open(module: DriverModule, configuration: Record<string, Json>): void {
    const { thing } = this.#assignment;
    const { clock, random, recorder, log, directory } = this.#deps;
    const reporter = new ThingReporter({ thing, model: module.model, recorder, memory: this.#memory, log });
    const openedAt = clock.monotonic();
    const crashed = (error: unknown) => {
      reporter.close();
      this.#onCrash(error, clock.monotonic() - openedAt, () => this.#open(module, configuration));
    };
    let driver: Driver;
    try {
      driver = module.open({ thing, configuration, report: reporter, clock, random, directory, log });
    } catch (error) {
      crashed(error);
      return;
    }
    const { promise: over, resolve: end } = Promise.withResolvers<Outcome>();
    const run: Run = { driver, reporter, controller: new AbortController(), openedAt, over, end };
    this.#run = run;
    if (this.#restarts > 0) recorder.outbox.note('driver_restarted', { restarts: this.#restarts }, thing);
    log('info', 'driver.opened', { restarts: this.#restarts });
    this.#ended = this.#attend(run, crashed);
  }

  async #attend(run: Run, crashed: (error: unknown) => void): Promise<void> {
    const { signal } = run.controller;
    let problem: unknown;
    try {
      await run.driver.run(signal);
      problem = new AppError('agent.driver_ended', 'the driver ended without being asked to');
    } catch (error) {
      problem = error;
    }
    // What a driver throws when it is told to stop is its way of stopping.
    if (signal.aborted) return;
    this.#run = undefined;
    run.controller.abort(problem);
    run.end({ state: 'unknown', code: 'driver_crashed', message: describe(problem) });
    crashed(problem);
  }

  #onCrash(error: unknown, ranFor: Duration, reopen: () => void): void {
    const { thing } = this.#assignment;
    const { clock, recorder, log } = this.#deps;
    if (ranFor >= WELL_AFTER) this.#backOff.reset();
    const retryIn = this.#backOff.next();
    const message = describe(error).slice(0, 500);
    this.#restarts += 1;
    this.#problem = message;
    log('error', 'driver.crashed', { error, restarts: this.#restarts, retryIn });
    recorder.outbox.note('driver_crashed', { message, restarts: this.#restarts, retryIn }, thing);
    // Nobody looks after the thing now; whether it answers is not known to be true any more.
    this.#memory.durable.clear();
    void recorder.presence(thing, false, { code: 'driver_crashed', message });
    this.#reopening = clock.after(retryIn, () => {
      if (!this.#stopped) reopen();
    });
  }
}

const describe = (error: unknown): string => (error instanceof Error ? error.message : String(error));
