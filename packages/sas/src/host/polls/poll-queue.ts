import type { Duration } from '@vakhta/kernel';
import type { Keep } from './ask.ts';
import type { PollOutcome } from './poll-outcome.ts';

/** What goes first: orders of people, then what an exception calls for, then conversations, then meters. */
const priorities = { command: 0, followUp: 1, conversation: 2, background: 3, confirm: 4 } as const;
export type Priority = keyof typeof priorities;

/** A long poll that waits for its turn. */
export interface QueuedPoll {
  readonly bytes: Uint8Array;
  /** Two hex digits. */
  readonly command: string;
  readonly priority: Priority;
  /** Monotonic time after which it is of no use; infinity when it can wait. */
  readonly deadline: Duration;
  readonly order: number;
  /** Not before; busy machines are asked again later. */
  notBefore: Duration;
  /** How often it was on the wire. */
  sent: number;
  refusals: number;
  /** Has the answer kept: nothing that acknowledges it goes out before this has resolved. */
  readonly keep: Keep | undefined;
  readonly done: (outcome: PollOutcome) => void;
}

/** Long polls in the order they are to be sent. */
export class PollQueue {
  #polls: QueuedPoll[] = [];
  #order = 0;

  get length(): number {
    return this.#polls.length;
  }

  add(poll: Omit<QueuedPoll, 'order' | 'notBefore' | 'sent' | 'refusals'>): void {
    this.put({ ...poll, order: this.#order++, notBefore: 0, sent: 0, refusals: 0 });
  }

  /** Back in its place, for another try. */
  put(poll: QueuedPoll): void {
    const at = this.#polls.findIndex((other) => precedes(poll, other));
    this.#polls.splice(at < 0 ? this.#polls.length : at, 0, poll);
  }

  /** Whether one could be taken now. */
  isReady(now: Duration): boolean {
    return this.#polls.some(({ notBefore }) => notBefore <= now);
  }

  /** When the first that waits may go; undefined when none waits. */
  readyAt(): Duration | undefined {
    if (this.#polls.length === 0) return undefined;
    return Math.min(...this.#polls.map(({ notBefore }) => notBefore));
  }

  /** The next one that may go now and is not too late, and is not of command `avoid`. */
  take(now: Duration, avoid?: string): QueuedPoll | undefined {
    this.expire(now);
    const next = this.#polls.find(({ notBefore, command }) => notBefore <= now && command !== avoid);
    if (next) this.#remove(next);
    return next;
  }

  /** Tells those that are too late so. */
  expire(now: Duration): void {
    for (const poll of this.#polls.filter(({ deadline }) => deadline <= now)) {
      this.#remove(poll);
      poll.done({ ok: false, error: { code: 'sas.expired', sent: poll.sent } });
    }
  }

  /** Ends all with the same failure. */
  end(code: 'sas.down' | 'sas.stopped'): void {
    const polls = this.#polls;
    this.#polls = [];
    for (const poll of polls) poll.done({ ok: false, error: { code, sent: poll.sent } });
  }

  #remove(poll: QueuedPoll): void {
    this.#polls = this.#polls.filter((other) => other !== poll);
  }
}

const precedes = (a: QueuedPoll, b: QueuedPoll): boolean => {
  const rank = priorities[a.priority] - priorities[b.priority];
  if (rank !== 0) return rank < 0;
  return a.deadline === b.deadline ? a.order < b.order : a.deadline < b.deadline;
};
