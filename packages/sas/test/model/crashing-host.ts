import type { Random } from '@vakhta/kernel';
import type { VirtualClock } from '@vakhta/testkit';
import {
  type Journal,
  type MemoryJournal,
  SasHost,
  type TicketInResult,
  type TransferResult,
} from '../../src/host/index.ts';
import type { Line, LineSymbol } from '../../src/line/index.ts';

const forever = (): Promise<never> => new Promise(() => {});

export interface LifeDeps {
  readonly clock: VirtualClock;
  readonly random: Random;
  readonly line: Line;
  /** What is on the disk: outlives the host. */
  readonly disk: MemoryJournal;
  /** Where the program keeps what became of its money: outlives the host too. */
  readonly deliver: (result: TransferResult | TicketInResult) => void;
  /** What a ticket is worth, by its number. */
  readonly worth?: (validationData: string) => number;
  /** Runs before and after each write and each delivery: here a life may be ended, or the world be disturbed. */
  readonly atStep: (life: Life) => void;
  readonly onSent?: (symbols: readonly LineSymbol[]) => void;
}

/** One life of a host: from its start until it is killed, after which it does, says and writes nothing more. */
export class Life {
  readonly host: SasHost;
  #isOver = false;

  constructor({ clock, random, line, disk, deliver, worth, atStep, onSent = () => {} }: LifeDeps) {
    const step = () => {
      if (!this.#isOver) atStep(this);
      return this.#isOver;
    };
    const journal: Journal = {
      write: async (entry) => {
        if (step()) return forever();
        await disk.write(entry);
        if (step()) return forever();
      },
      open: () => (this.#isOver ? forever() : disk.open()),
    };
    const mortal: Line = {
      latency: 0,
      closed: line.closed,
      close: () => line.close(),
      flush: () => line.flush(),
      receive: (listener) =>
        line.receive((symbols) => {
          if (!this.#isOver) listener(symbols);
        }),
      send: (symbols) => {
        if (this.#isOver) return forever();
        onSent(symbols);
        return line.send(symbols);
      },
    };
    const take = async (result: TransferResult | TicketInResult) => {
      if (step()) return forever();
      deliver(result);
      if (step()) return forever();
    };
    this.host = new SasHost({
      line: mortal,
      address: 1,
      clock,
      random,
      journal,
      pollInterval: 100,
      handlers: {
        onTransfer: take,
        onTicketIn: take,
        ...(worth
          ? {
              validateTicket: async ({ validationData }) => ({
                accept: true,
                amountCents: worth(validationData),
                kind: 0,
              }),
            }
          : {}),
      },
    }).start();
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  kill(): void {
    this.#isOver = true;
  }
}
