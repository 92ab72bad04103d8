import { type Command, type CommandState, finalCommandStates, type LiveMessage } from '@vakhta/api';
import { type Schedule, Topics } from './flush.ts';

/** A command as far as it is known: the live socket tells less than an answer of the server. */
export interface KnownCommand extends Pick<Command, 'id' | 'thing' | 'batch' | 'action' | 'state' | 'at'> {
  input?: Command['input'];
  requestedBy?: Command['requestedBy'];
  deadline?: string;
  outcome?: Command['outcome'];
  /** All that the server knows of its present state has been asked for. */
  complete: boolean;
}

/** How far along its life each state is; a late message never takes a command back. */
const order: Record<CommandState, number> = {
  requested: 0,
  awaiting_approval: 1,
  queued: 2,
  delivered: 3,
  accepted: 4,
  // Evidence may still resolve it.
  unknown: 5,
  succeeded: 6,
  failed: 6,
  refused: 6,
  expired: 6,
};

const stepOf: Partial<Record<CommandState, keyof Command['at']>> = {
  queued: 'queued',
  delivered: 'delivered',
  accepted: 'accepted',
};

const none: readonly KnownCommand[] = [];

export const isFinal = (command: { state: CommandState }): boolean => finalCommandStates.has(command.state);

/** Commands of the whole organisation as they live, for cards, pages and progress bars. */
export class CommandStore {
  readonly #commands = new Map<string, KnownCommand>();
  readonly #latest = new Map<string, string>();
  readonly #batches = new Map<string, { ids: Set<string>; list?: readonly KnownCommand[] | undefined }>();
  readonly #topics: Topics;
  #recent: readonly KnownCommand[] | undefined;

  constructor(schedule: Schedule) {
    this.#topics = new Topics(schedule);
  }

  get(id: string): KnownCommand | undefined {
    return this.#commands.get(id);
  }

  /** The command last requested of a thing. */
  latestOf(thing: string): KnownCommand | undefined {
    return this.#commands.get(this.#latest.get(thing) ?? '');
  }

  /** The commands of a group request; the same array until one of them changes. */
  ofBatch(batch: string): readonly KnownCommand[] {
    const known = this.#batches.get(batch);
    if (!known) return none;
    known.list ??= [...known.ids].flatMap((id) => this.#commands.get(id) ?? []);
    return known.list;
  }

  /** All known, newest first; the same array until something changes. */
  recent(): readonly KnownCommand[] {
    this.#recent ??= [...this.#commands.values()].sort((a, b) => (a.at.requested < b.at.requested ? 1 : -1));
    return this.#recent;
  }

  /** Those whose last state came by the socket, which does not say how it ended. */
  incomplete(): KnownCommand[] {
    return [...this.#commands.values()].filter((command) => !command.complete && isFinal(command));
  }

  /** Those still under way. */
  unfinished(): KnownCommand[] {
    return [...this.#commands.values()].filter((command) => !isFinal(command));
  }

  subscribe(
    topic: `thing:${string}` | `batch:${string}` | `command:${string}` | 'all',
    listener: () => void,
  ) {
    return this.#topics.subscribe(topic, listener);
  }

  /** Takes commands as the server answered them. */
  load(commands: readonly Command[]): void {
    for (const command of commands) {
      const known = this.#commands.get(command.id);
      if (known && order[known.state] > order[command.state])
        this.#put({ ...command, ...known, input: command.input, requestedBy: command.requestedBy });
      else this.#put({ ...command, complete: true });
    }
  }

  /** Takes a command this panel has just asked for, before the server says more of it. */
  track(command: Omit<KnownCommand, 'complete'>): void {
    const known = this.#commands.get(command.id);
    this.#put({ ...command, complete: false, ...known, input: command.input });
  }

  apply(message: LiveMessage): void {
    if (message.type !== 'command') return;
    const { id, thing, batch, action, state, at } = message;
    const known = this.#commands.get(id);
    if (known && order[state] < order[known.state]) return;
    const step = finalCommandStates.has(state) ? 'finished' : stepOf[state];
    this.#put({
      ...known,
      id,
      thing,
      batch,
      action,
      state,
      at: { ...(known?.at ?? { requested: at }), ...(step && { [step]: at }) },
      complete: known?.complete === true && known.state === state,
    });
  }

  #put(command: KnownCommand): void {
    this.#commands.set(command.id, command);
    const latest = this.latestOf(command.thing);
    if (!latest || latest.at.requested <= command.at.requested) this.#latest.set(command.thing, command.id);
    if (command.batch !== null) {
      const batch = this.#batches.get(command.batch) ?? { ids: new Set() };
      batch.ids.add(command.id);
      batch.list = undefined;
      this.#batches.set(command.batch, batch);
      this.#topics.touch(`batch:${command.batch}`);
    }
    this.#recent = undefined;
    this.#topics.touch(`command:${command.id}`, `thing:${command.thing}`, 'all');
  }
}
