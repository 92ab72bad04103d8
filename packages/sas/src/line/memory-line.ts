import type { Clock, Duration } from '@vakhta/kernel';
import type { Line } from './line.ts';
import { ReceiveQueue } from './receive-queue.ts';
import { type LineSymbol, symbolTime } from './symbols.ts';

/**
 * What the wire does to one message: gives each symbol as it arrives, or `undefined` for one that is lost. Symbols
 * more than were sent are garbage that follows the message.
 */
export type WireFault = (symbols: readonly LineSymbol[]) => readonly (LineSymbol | undefined)[];

export interface MemoryLineOptions {
  readonly clock: Clock;
  /** Time on the wire per symbol; default is that of 19 200 bit/s. */
  readonly symbolTime?: Duration;
  /** What happens to messages of the host, and of the machine. */
  readonly hostFault?: WireFault;
  readonly machineFault?: WireFault;
  /** Told of every message before any fault, with the time its first symbol was begun. */
  readonly onMessage?: (from: 'host' | 'machine', symbols: readonly LineSymbol[], at: Duration) => void;
}

/**
 * A line inside the process, both ends of it, with the real times of the wire: a symbol arrives when its last bit
 * would, and a message waits until the one before it has left. Both directions at once, as on the real one.
 */
export function memoryLine(options: MemoryLineOptions): { host: Line; machine: Line } {
  const host = new MemoryEnd(options, 'host');
  const machine = new MemoryEnd(options, 'machine');
  host.peer = machine;
  machine.peer = host;
  return { host, machine };
}

class MemoryEnd implements Line {
  readonly latency = 0;
  readonly closed: Promise<string | undefined>;
  peer!: MemoryEnd;
  readonly #options: MemoryLineOptions;
  readonly #side: 'host' | 'machine';
  readonly #queue = new ReceiveQueue();
  #freeAt: Duration = 0;
  #open = true;
  #close: (cause: string | undefined) => void = () => {};

  constructor(options: MemoryLineOptions, side: 'host' | 'machine') {
    this.#options = options;
    this.#side = side;
    this.closed = new Promise((resolve) => {
      this.#close = resolve;
    });
  }

  send(symbols: readonly LineSymbol[]): Promise<Duration> {
    const { clock, onMessage } = this.#options;
    const start = Math.max(clock.monotonic(), this.#freeAt);
    const each = this.#options.symbolTime ?? symbolTime;
    this.#freeAt = start + symbols.length * each;
    onMessage?.(this.#side, symbols, start);
    const fault = this.#side === 'host' ? this.#options.hostFault : this.#options.machineFault;
    const arriving = fault?.(symbols) ?? symbols;
    const end = this.#freeAt;
    return new Promise((resolve) => {
      let index = 0;
      const last = Math.max(symbols.length, arriving.length);
      const next = () => {
        const symbol = arriving[index];
        index++;
        const at = start + index * each;
        if (symbol !== undefined && this.#open) this.peer.#arrive(at, symbol);
        if (index === symbols.length) resolve(end);
        if (index < last) wait();
      };
      // On a real clock the next one may be late already.
      const wait = () => clock.after(Math.max(0, start + (index + 1) * each - clock.monotonic()), next);
      if (last > 0) wait();
      else resolve(end);
    });
  }

  receive(listener: Parameters<Line['receive']>[0]): void {
    this.#queue.listen(listener);
  }

  flush(): void {
    this.#queue.flush();
  }

  async close(): Promise<void> {
    this.#open = false;
    this.#close(undefined);
  }

  #arrive(at: Duration, symbol: LineSymbol): void {
    if (this.#open) this.#queue.push([{ at, symbol }]);
  }
}
