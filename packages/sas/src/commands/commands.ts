import type { Clock } from '@vakhta/kernel';
import { Emitter, type Priority, type SasHost } from '../host/index.ts';
import type {
  Command,
  CommandDone,
  CommandFields,
  CommandOutcome,
  CommandSet,
  CommandTrigger,
} from './command.ts';
import { BadCommandSet } from './command-problems.ts';
import { commandSetProblems } from './command-rules.ts';
import { Repeater } from './repeater.ts';

/** What commands need of a host. */
export type CommandHost = Pick<SasHost, 'ask' | 'on' | 'isUp' | 'reportFailure'>;

type Name<S extends CommandSet> = keyof S & string;
/** A run that has ended, of any command of a set. */
export type AnyDone<S extends CommandSet> = { [K in Name<S>]: CommandDone<K, S[K]> }[Name<S>];
type Listener<T> = (done: T) => unknown;

export interface CommandsOptions<S extends CommandSet> {
  readonly host: CommandHost;
  readonly clock: Clock;
  /** Written in the program, or read by `readCommandSet`. */
  readonly set: S;
}

/**
 * The commands of a set on one machine: called by name, or run by themselves between `start` and `stop`; their
 * answers go to listeners. Throws `BadCommandSet` when the set is wrong.
 */
export class Commands<const S extends CommandSet> {
  readonly #host: CommandHost;
  readonly #clock: Clock;
  readonly #set: S;
  readonly #events: Emitter<{ done: AnyDone<S> }>;
  #ends: (() => void)[] = [];

  constructor({ host, clock, set }: CommandsOptions<S>) {
    const problems = commandSetProblems(set);
    if (problems.length > 0) throw new BadCommandSet(problems);
    this.#host = host;
    this.#clock = clock;
    this.#set = set;
    this.#events = new Emitter((_, error) => host.reportFailure('command', error));
  }

  get names(): readonly Name<S>[] {
    return Object.keys(this.#set);
  }

  /** Runs a command now; `fields` go over those of the set. That the machine refuses or is silent is an outcome. */
  run<K extends Name<S>>(name: K, fields: Partial<CommandFields<S[K]>> = {}): Promise<CommandOutcome<S[K]>> {
    return this.#run(name, 'call', 'command', fields);
  }

  /** Calls `listener` with every end of this command; the returned function ends that. */
  on<K extends Name<S>>(name: K, listener: Listener<CommandDone<K, S[K]>>): () => void {
    return this.#events.on('done', listener as Listener<AnyDone<S>>, (done) => done.name === name);
  }

  /** Calls `listener` with the next end of this command only. */
  once<K extends Name<S>>(name: K, listener: Listener<CommandDone<K, S[K]>>): () => void {
    return this.#events.once('done', listener as Listener<AnyDone<S>>, (done) => done.name === name);
  }

  /** Calls `listener` with every end of every command. */
  onAny(listener: Listener<AnyDone<S>>): () => void {
    return this.#events.on('done', listener);
  }

  /** From now on commands run by themselves: `every` so often, `on` what the machine tells. */
  start(): this {
    this.stop();
    for (const [name, { every, on = [] }] of Object.entries<Command>(this.#set)) {
      if (every !== undefined) {
        const repeater = new Repeater({
          clock: this.#clock,
          every,
          mayRun: () => this.#host.isUp,
          run: () => this.#byItself(name, 'time'),
        });
        this.#ends.push(
          this.#host.on('up', () => repeater.look()),
          () => repeater.stop(),
        );
        repeater.look();
      }
      for (const trigger of on) this.#ends.push(this.#runOn(trigger, name));
    }
    return this;
  }

  /** Commands run when they are called only. */
  stop(): void {
    for (const end of this.#ends.splice(0)) end();
  }

  #runOn(trigger: CommandTrigger, name: Name<S>): () => void {
    let isOpen = false;
    let isMeantAgain = false;
    const run = async (): Promise<void> => {
      // Told again before it has run: one more run after it is as good as many.
      isMeantAgain = isOpen;
      if (isOpen) return;
      isOpen = true;
      await this.#byItself(name, trigger);
      isOpen = false;
      if (isMeantAgain) await run();
    };
    if (trigger === 'up') {
      if (this.#host.isUp) void run();
      return this.#host.on('up', run);
    }
    return this.#host.on('exception', run, (told) => told.name === trigger);
  }

  async #byItself(name: Name<S>, cause: 'time' | CommandTrigger): Promise<void> {
    const outcome = await this.#run(name, cause, cause === 'time' ? 'background' : 'followUp', {});
    if (!outcome.ok && outcome.error.code === 'sas.stopped') this.stop();
  }

  async #run<K extends Name<S>>(
    name: K,
    cause: CommandDone<K, S[K]>['cause'],
    priority: Priority,
    given: Partial<CommandFields<S[K]>>,
  ): Promise<CommandOutcome<S[K]>> {
    const { poll, fields, within, retries, retryAfter }: Command = this.#set[name]!;
    const options = {
      priority,
      ...(within === undefined ? {} : { within }),
      ...(retries === undefined ? {} : { retries }),
      ...(retryAfter === undefined ? {} : { retryAfter }),
    };
    // The types say that these fields and this answer are of the poll beside them; the compiler cannot follow a union.
    const outcome = (await this.#host.ask(poll, { ...fields, ...given } as never, options)) as CommandOutcome<
      S[K]
    >;
    this.#events.emit('done', { name, poll, cause, outcome } as AnyDone<S>);
    return outcome;
  }
}
