import { type Clock, type Duration, sleep } from '@vakhta/kernel';
import { encodeRequest } from '../../frames/index.ts';
import type { Line } from '../../line/index.ts';
import type { MachineLink } from './machine-link.ts';
import { Wire } from './wire.ts';

const syncPoll = encodeRequest({ message: 'generalPoll', address: 0 });

export interface PollLoopOptions {
  readonly line: Line;
  readonly clock: Clock;
  readonly onChirp?: (address: number) => void;
}

/**
 * Gives the line to one machine after another. A machine in the middle of something keeps it: the poll of another
 * would tell it that all is well.
 */
export class PollLoop {
  readonly #clock: Clock;
  readonly #wire: Wire;
  readonly #links: MachineLink[] = [];
  #broadcasts: Uint8Array[] = [];
  #stopped = false;
  #wake: AbortController | undefined;
  #running: Promise<void> | undefined;

  constructor({ line, clock, onChirp = () => {} }: PollLoopOptions) {
    this.#clock = clock;
    this.#wire = new Wire({
      line,
      clock,
      onChirp: (address) => {
        if (!this.#stopped) onChirp(address);
      },
    });
  }

  add(link: MachineLink): void {
    this.#links.push(link);
    this.wake();
  }

  remove(link: MachineLink): void {
    this.#links.splice(this.#links.indexOf(link), 1);
  }

  /** To all machines; nobody answers (facts 1.7). It goes when no machine is in the middle of something. */
  broadcast(bytes: Uint8Array): void {
    this.#broadcasts.push(bytes);
    this.wake();
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Ends after the poll that is on the wire. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.wake();
    await this.#running;
  }

  /** Something new may be due before the loop would look again. */
  wake(): void {
    this.#wake?.abort();
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      const link = this.#nextLink();
      if (!link?.holdsLine && this.#broadcasts.length > 0) {
        await this.#wire.say(this.#broadcasts.shift()!);
        continue;
      }
      const wait = (link?.dueAt() ?? Number.POSITIVE_INFINITY) - this.#clock.monotonic();
      if (wait > 0) await this.#rest(wait);
      else await this.#poll(link!);
    }
  }

  /** The one that holds the line, else the one that has waited longest. */
  #nextLink(): MachineLink | undefined {
    return (
      this.#links.find(({ holdsLine }) => holdsLine) ??
      this.#links.reduce<MachineLink | undefined>(
        (first, link) => (first && first.dueAt() <= link.dueAt() ? first : link),
        undefined,
      )
    );
  }

  async #poll(link: MachineLink): Promise<void> {
    const { syncFirst, ...poll } = link.next();
    if (syncFirst) await this.#wire.say(syncPoll);
    link.heard(await this.#wire.ask({ ...poll, address: link.address }));
  }

  async #rest(wait: Duration): Promise<void> {
    this.#wake = new AbortController();
    await sleep(this.#clock, Math.min(wait, longestRest), this.#wake.signal).catch(() => {});
    this.#wake = undefined;
  }
}

/** Without machines there is nothing to wait for but a call of `wake`. */
const longestRest: Duration = 60_000;
