import type { Fields } from '../../codec/field.ts';
import { billExceptions, priorityOrder } from '../../tables/exceptions.ts';

/** Something that happened at the machine and waits to be told. */
export interface Happening {
  readonly code: string;
  /** Data of the event, as they were when it happened. */
  readonly data?: Fields;
}

/** A bill: which code tells it depends on the mode at the time of telling (facts 7). */
export interface BillHappening {
  readonly bill: { readonly countryCode: number; readonly billDenomCode: number; readonly billCount: number };
}

type Entry = Happening | BillHappening;

/** What is to be told next; `taken` removes it, and only it. */
export interface NextException {
  readonly code: string;
  readonly data?: Fields;
  taken(): void;
}

function told(entry: Entry, rte: boolean): Happening {
  if ('code' in entry) return entry;
  if (rte) return { code: '4F', data: entry.bill };
  return { code: billExceptions[entry.bill.billDenomCode] ?? '4F' };
}

/** Facts 1.8: flags first, in their order, then a queue that loses its oldest entry when it is full. */
export class ExceptionQueue {
  readonly #size: number;
  readonly #queued: readonly string[];
  readonly #flags = new Set<string>();
  #entries: Entry[] = [];

  /** `queued`: codes that wait in the queue although they are flags on most machines. */
  constructor(size: number, queued: readonly string[] = []) {
    this.#size = size;
    this.#queued = queued;
  }

  raise(happening: Entry): void {
    if ('code' in happening && this.#isFlag(happening.code)) {
      this.#flags.add(happening.code);
      return;
    }
    this.#entries.push(happening);
    if (this.#entries.length > this.#size) {
      this.#entries.shift();
      this.#flags.add('70');
    }
  }

  #isFlag(code: string): boolean {
    return priorityOrder.includes(code) && !this.#queued.includes(code);
  }

  clear(flag: string): void {
    this.#flags.delete(flag);
  }

  /** Codes in the queue, oldest first; flags are not in it. */
  codes(rte: boolean): string[] {
    return this.#entries.map((entry) => told(entry, rte).code);
  }

  flags(): string[] {
    return priorityOrder.filter((code) => this.#flags.has(code));
  }

  next(rte: boolean): NextException | undefined {
    const flag = priorityOrder.find((code) => this.#flags.has(code));
    if (flag !== undefined) return { code: flag, taken: () => this.#flags.delete(flag) };
    const entry = this.#entries[0];
    if (!entry) return undefined;
    return {
      ...told(entry, rte),
      taken: () => {
        this.#entries = this.#entries.filter((other) => other !== entry);
      },
    };
  }
}
