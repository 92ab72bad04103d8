import type { Clock, Duration } from '@vakhta/kernel';
import type { AnyDone, CommandSet } from '../commands/index.ts';
import { describe } from '../frames/index.ts';
import type { HostEvents, SasHost } from '../host/index.ts';
import { messages } from '../messages/index.ts';
import { jsonOf } from '../store/json-of.ts';
import { eventWords } from './event-words.ts';
import { pollFailureWords } from './poll-words.ts';

export interface ListenOutputOptions {
  readonly clock: Clock;
  readonly print: (text: string) => void;
  /** NDJSON instead of lines for people. */
  readonly json: boolean;
  readonly address: number;
}

/** What `sas listen` prints: a line for everything that a machine, its line, or a command tells. */
export class ListenOutput {
  readonly #options: ListenOutputOptions;

  constructor(options: ListenOutputOptions) {
    this.#options = options;
  }

  /** Prints what a host tells, all of it. */
  hear(host: Pick<SasHost, 'on'>): void {
    for (const event of Object.keys(eventWords) as (keyof HostEvents)[]) this.#hearEvent(host, event);
  }

  line(state: 'opened' | 'lost' | 'refused', words: string): void {
    this.#write(`line.${state}`, words, { words });
  }

  command(done: AnyDone<CommandSet>, address: number): void {
    const { name, poll, cause, outcome } = done;
    // What still waited when we were asked to end.
    if (!outcome.ok && outcome.error.code === 'sas.stopped') return;
    const fields = outcome.ok && outcome.kind === 'data' ? outcome.fields : {};
    const words = !outcome.ok
      ? pollFailureWords[outcome.error.code]
      : outcome.kind === 'ack'
        ? 'accepted'
        : describe({ message: 'data', address, command: messages[poll].code, crcOk: true, ...fields });
    this.#write('command', `${name}: ${words}`, { name, poll, cause, ...outcome });
  }

  #hearEvent<E extends keyof HostEvents>(host: Pick<SasHost, 'on'>, event: E): void {
    host.on(event, (value) => {
      const told: object = value;
      // An exception carries the monotonic time it was heard at.
      const at = 'at' in told && typeof told.at === 'number' ? told.at : undefined;
      this.#write(event, eventWords[event](value), told, at);
    });
  }

  #write(event: string, words: string, value: object, monotonicAt?: Duration): void {
    const { clock, print, json, address } = this.#options;
    const age = monotonicAt === undefined ? 0 : clock.monotonic() - monotonicAt;
    const at = new Date(clock.now() - Math.round(age)).toISOString();
    print(json ? JSON.stringify(jsonOf({ event, address, ...value, at })) : `${at} ${event}: ${words}`);
  }
}
