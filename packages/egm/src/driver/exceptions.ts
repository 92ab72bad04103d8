import type { MachineEvent } from '@vakhta/sas';
import type { Reporter } from '@vakhta/things';
import * as z from 'zod';
import type { ExceptionFact } from '../facts/index.ts';
import type { MachineStore } from './machine-store.ts';

const received = 'exceptionReceived';

interface Told {
  readonly number: number;
  readonly code: string;
}

/**
 * Keeps what the machine tells: each is numbered and on disk before the machine hears that it was received, and that the
 * machine heard so is on disk before it is asked for the next. So a process that is killed anywhere leaves the next one
 * knowing which of the two it died between.
 */
export class Exceptions {
  readonly #report: Reporter;
  readonly #store: MachineStore;
  readonly #onKept: (event: MachineEvent) => void;
  #last: number;
  /** The last that the machine is known to have heard of. */
  #received: number;
  /** On disk, and whether the machine knows is not known. */
  #unreceived: Told | undefined;
  #doubt: string | undefined;

  constructor(report: Reporter, store: MachineStore, onKept: (event: MachineEvent) => void) {
    this.#report = report;
    this.#store = store;
    this.#onKept = onKept;
    const kept = parseOnce(report.lastOnce('exception'));
    const heard = store.mark(received, z.int()) ?? 0;
    this.#last = Math.max(kept?.number ?? 0, heard);
    this.#received = heard;
    if (kept && kept.number > heard) this.#unreceived = kept;
  }

  /** An earlier process kept something, and died before it knew that the machine had heard so. */
  get hasUnreceived(): boolean {
    return this.#unreceived !== undefined;
  }

  /** The machine answers. `isAcknowledged`: by an answer that proves what is `unreceived` to be received now. */
  onUp(isAcknowledged: boolean): void {
    if (!this.#unreceived) return;
    if (isAcknowledged) {
      this.#store.setMark(received, this.#unreceived.number);
      this.#received = this.#unreceived.number;
    }
    // It lost the thread, so it may say the same again, or may have the same to say anew.
    else this.#doubt = this.#unreceived.code;
    this.#unreceived = undefined;
  }

  readonly keep = async (event: MachineEvent): Promise<void> => {
    const { code, name, title, realTime, data } = event;
    const number = ++this.#last;
    const maybeRepeated = event.maybeRepeated || this.#doubt === code;
    this.#doubt = undefined;
    const fact: ExceptionFact = {
      number,
      code,
      name,
      title,
      realTime,
      data: Object.entries(data).map(([field, value]) => ({ name: field, value: String(value) })),
      maybeRepeated,
    };
    await this.#report.event('exception', { ...fact }, { once: `${number} ${code}` });
    this.#onKept(event);
  };

  readonly onReceived = async (): Promise<void> => {
    if (this.#last === this.#received) return;
    this.#store.setMark(received, this.#last);
    this.#received = this.#last;
  };
}

function parseOnce(once: string | undefined): Told | undefined {
  const [number, code] = once?.split(' ') ?? [];
  return number !== undefined && code !== undefined ? { number: Number(number), code } : undefined;
}
