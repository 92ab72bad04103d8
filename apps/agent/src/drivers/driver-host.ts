import { join } from 'node:path';
import { type Clock, canonicalJson, type Instant, type Random, type ThingId } from '@vakhta/kernel';
import type { AgentHealth, Assignment } from '@vakhta/link';
import type { DriverLog, DriverModule } from '@vakhta/things';
import type { Recorder } from '../outbox/recorder.ts';
import { ThingKeeper } from './thing-keeper.ts';

export interface HostDeps {
  modules: readonly DriverModule[];
  clock: Clock;
  random: Random;
  recorder: Recorder;
  log: DriverLog;
  /** Below it each kind of thing has a folder of its own. */
  directory: string;
  /** Makes sure that a driver's folder exists. */
  ensureDirectory: (path: string) => void;
}

interface Kept {
  readonly keeper: ThingKeeper;
  /** What a driver depends on; a change of anything else (the name) is none of its business. */
  readonly fingerprint: string;
}

/** Keeps one driver open for each thing this agent looks after, and follows changes of the list. */
export class DriverHost {
  readonly #deps: HostDeps;
  readonly #kept = new Map<ThingId, Kept>();
  /** Drivers that are letting go; a new one of the same thing waits for that. */
  readonly #stopping = new Map<ThingId, Promise<void>>();

  constructor(deps: HostDeps) {
    this.#deps = deps;
  }

  looksAfter(thing: ThingId): boolean {
    return this.#kept.has(thing);
  }

  keeper(thing: ThingId): ThingKeeper | undefined {
    return this.#kept.get(thing)?.keeper;
  }

  health(): AgentHealth['drivers'] {
    return [...this.#kept.values()].map(({ keeper }) => keeper.health());
  }

  /** The things confirmed since the last call, with when. */
  takeConfirmed(): [ThingId, Instant][] {
    return [...this.#kept].flatMap(([thing, { keeper }]): [ThingId, Instant][] => {
      const at = keeper.takeConfirmed();
      return at === undefined ? [] : [[thing, at]];
    });
  }

  /** The whole list of things to look after: opens new ones, reopens those whose configuration changed, stops the rest. */
  assign(assignments: readonly Assignment[]): void {
    const wanted = new Map(assignments.map((assignment) => [assignment.thing, assignment]));
    for (const thing of [...this.#kept.keys()]) if (!wanted.has(thing)) this.#release(thing);
    for (const [thing, assignment] of wanted) {
      const fingerprint = canonicalJson({ model: assignment.model, configuration: assignment.configuration });
      if (this.#kept.get(thing)?.fingerprint === fingerprint) continue;
      this.#release(thing);
      this.#keep(assignment, fingerprint);
    }
  }

  /** Puts all drivers down. What they last said stays with the recorder, to be handed over. */
  async stop(): Promise<void> {
    const stopped = [...this.#kept.values()].map(({ keeper }) => keeper.stop());
    this.#kept.clear();
    await Promise.all([...stopped, ...this.#stopping.values()]);
  }

  abandon(): void {
    for (const { keeper } of this.#kept.values()) keeper.abandon();
    this.#kept.clear();
  }

  #keep(assignment: Assignment, fingerprint: string): void {
    const { modules, log, clock, random, recorder, ensureDirectory } = this.#deps;
    const { thing, model } = assignment;
    const module = modules.find((each) => each.model.id === model);
    const directory = join(this.#deps.directory, 'drivers', model);
    if (module) ensureDirectory(directory);
    const keeper = new ThingKeeper(assignment, module, {
      clock,
      random,
      recorder,
      directory,
      log: (level, event, fields) => log(level, event, { thing, model, ...fields }),
    });
    this.#kept.set(thing, { keeper, fingerprint });
    const before = this.#stopping.get(thing);
    if (before) void before.then(() => keeper.start());
    else keeper.start();
  }

  #release(thing: ThingId): void {
    const kept = this.#kept.get(thing);
    if (!kept) return;
    this.#kept.delete(thing);
    const done = Promise.all([this.#stopping.get(thing), kept.keeper.stop()]).then(() => {
      if (this.#stopping.get(thing) === done) this.#stopping.delete(thing);
      this.#deps.recorder.forget(thing);
    });
    this.#stopping.set(thing, done);
  }
}
