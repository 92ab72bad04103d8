import type { Clock, Duration, Timer } from '@vakhta/kernel';
import { hasGoodCrc } from '../../codec/crc.ts';
import type { Pending } from '../../frames/index.ts';
import { messageEnd } from '../../frames/split.ts';
import {
  hostSymbols,
  type Line,
  longestGap,
  symbolTime,
  type TimedSymbol,
  wakeup,
} from '../../line/index.ts';

/** What came back in the time an answer has. */
export type Heard =
  | { readonly kind: 'message'; readonly bytes: Uint8Array; readonly at: Duration }
  | { readonly kind: 'damaged'; readonly bytes: Uint8Array }
  | { readonly kind: 'silence' };

/** Facts 1.3: the machine starts its answer within this after the last bit of the poll. */
const answerWithin: Duration = 20;

export interface WireOptions {
  readonly line: Line;
  readonly clock: Clock;
  /** A machine that hears no host tells its address. */
  readonly onChirp: (address: number) => void;
}

export interface Asked {
  readonly bytes: Uint8Array;
  readonly address: number;
  readonly pending: Pending;
  readonly repeated?: number | undefined;
}

interface Waiting {
  readonly address: number;
  readonly pending: Pending;
  readonly repeated: number | undefined;
  readonly bytes: number[];
  readonly resolve: (heard: Heard) => void;
  timer: Timer | undefined;
  looksAt: Duration;
  /** When the verdict is due, by the time symbols arrived at. */
  deadline: Duration;
}

/**
 * One poll and its answer at a time on a line. Where a message ends is told by its own length if it has one, else by
 * the gap behind it: a single byte can be an exception, an ACK, or the start of more.
 */
export class Wire {
  readonly #options: WireOptions;
  #waiting: Waiting | undefined;

  constructor(options: WireOptions) {
    this.#options = options;
    options.line.receive((symbols) => this.#receive(symbols));
  }

  /** Sends what nobody answers: a sync poll, a broadcast. */
  async say(bytes: Uint8Array): Promise<void> {
    await this.#options.line.send(hostSymbols(bytes)).catch(() => {});
  }

  /**
   * Sends a poll to `address` and waits for what comes. A line that is gone is silent. `repeated` is the byte that was
   * the whole answer to the same poll just before: heard again it is the whole answer again, and no gap is waited for.
   */
  async ask({ bytes, address, pending, repeated }: Asked): Promise<Heard> {
    const { line, clock } = this.#options;
    line.flush();
    return new Promise((resolve) => {
      const waiting: Waiting = {
        address,
        pending,
        repeated,
        bytes: [],
        resolve,
        timer: undefined,
        looksAt: 0,
        deadline: Number.POSITIVE_INFINITY,
      };
      this.#waiting = waiting;
      line.send(hostSymbols(bytes)).then(
        (sentAt) => {
          if (this.#waiting === waiting && waiting.bytes.length === 0)
            this.#arm(waiting, Math.max(sentAt, clock.monotonic()) + answerWithin + symbolTime);
        },
        () => this.#settle(waiting, clock.monotonic()),
      );
    });
  }

  #receive(symbols: readonly TimedSymbol[]): void {
    for (const { symbol, at } of symbols) {
      if (symbol & wakeup) {
        const address = symbol & 0xff;
        if (address >= 1 && address <= 127) this.#options.onChirp(address);
        continue;
      }
      const waiting = this.#waiting;
      if (!waiting) continue;
      waiting.bytes.push(symbol);
      if (this.#isComplete(waiting)) this.#settle(waiting, at);
      else this.#arm(waiting, at + longestGap + symbolTime);
    }
  }

  #isComplete({ bytes, address, pending, repeated }: Waiting): boolean {
    // Longer messages begin with the address.
    if (bytes[0] !== address) return bytes[0] === repeated;
    const end = messageEnd(bytes, 0, bytes.length, pending, true);
    // Two bytes could be "busy" or the start of a longer message of a machine that is damaged: the gap tells.
    return typeof end === 'number' && end > 2;
  }

  #arm(waiting: Waiting, deadline: Duration): void {
    const { clock, line } = this.#options;
    waiting.deadline = deadline + line.latency;
    // One timer for many symbols: when it runs it looks where the deadline is by now. One that runs too late is no use:
    // the first symbol of an answer ends the long wait for it.
    if (waiting.timer && waiting.looksAt <= waiting.deadline) return;
    waiting.timer?.cancel();
    waiting.looksAt = waiting.deadline;
    waiting.timer = this.#look(waiting, Math.max(0, waiting.deadline - clock.monotonic()));
  }

  #look(waiting: Waiting, delay: Duration): Timer {
    const { clock } = this.#options;
    return clock.after(delay, () => {
      waiting.timer = undefined;
      const left = waiting.deadline - clock.monotonic();
      if (left > 0) {
        waiting.looksAt = waiting.deadline;
        waiting.timer = this.#look(waiting, left);
        return;
      }
      const deadline = waiting.deadline;
      // What arrived in time may still wait behind this timer in a busy process: one turn more decides.
      clock.after(0, () => {
        if (this.#waiting !== waiting || waiting.deadline > deadline) return;
        this.#settle(waiting, deadline);
      });
    });
  }

  #settle(waiting: Waiting, at: Duration): void {
    if (this.#waiting !== waiting) return;
    this.#waiting = undefined;
    waiting.timer?.cancel();
    waiting.resolve(judge(waiting, at));
  }
}

function judge({ bytes, address, pending }: Waiting, at: Duration): Heard {
  if (bytes.length === 0) return { kind: 'silence' };
  const all = Uint8Array.from(bytes);
  const whole = (end: number): Heard => ({ kind: 'message', bytes: all.subarray(0, end), at });
  if (bytes.length === 1) {
    const isBare = pending === 'GP' || (bytes[0]! & 0x7f) === address;
    return isBare ? whole(1) : { kind: 'damaged', bytes: all };
  }
  if (bytes[0] !== address) return { kind: 'damaged', bytes: all };
  const end = messageEnd(bytes, 0, bytes.length, pending, true);
  if (typeof end === 'number') return whole(end);
  // A layout that is not known has no length of its own: the gap and the CRC are enough.
  const isOurs = bytes[1] === 0xff || bytes[1] === Number.parseInt(pending ?? '', 16);
  return end === undefined && isOurs && bytes.length >= 4 && hasGoodCrc(all)
    ? whole(bytes.length)
    : { kind: 'damaged', bytes: all };
}
