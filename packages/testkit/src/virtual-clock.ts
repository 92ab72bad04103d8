import { AppError, type Clock, type Duration, type Instant, type Timer } from '@vakhta/kernel';

interface DueTimer {
  due: Duration;
  /** Timers due at the same moment run in the order they were set, as the platform's do. */
  order: number;
  run: () => void;
}

/**
 * Time that passes only when a test says so. Timers run in the order they fall due, and between two of them every
 * promise that can settle does: the same test takes the same path on every machine.
 */
export class VirtualClock implements Clock {
  #monotonic: Duration = 0;
  #wallOffset: Instant;
  #order = 0;
  /** Sorted by due time, then by order. */
  readonly #timers: DueTimer[] = [];

  constructor(start: Instant = Date.UTC(2026, 0, 1)) {
    this.#wallOffset = start;
  }

  now(): Instant {
    return this.#wallOffset + this.#monotonic;
  }

  monotonic(): Duration {
    return this.#monotonic;
  }

  after(delay: Duration, run: () => void): Timer {
    const timer = { due: this.#monotonic + Math.max(0, delay), order: this.#order++, run };
    this.#insert(timer);
    return { cancel: () => this.#remove(timer) };
  }

  every(period: Duration, run: () => void): Timer {
    // The platform's intervals are never shorter than a millisecond; a shorter one here would stop time.
    const step = Math.max(1, period);
    const timer: DueTimer = {
      due: this.#monotonic + step,
      order: this.#order++,
      run: () => {
        timer.due += step;
        timer.order = this.#order++;
        this.#insert(timer);
        run();
      },
    };
    this.#insert(timer);
    return { cancel: () => this.#remove(timer) };
  }

  /** Lets `duration` pass: runs what falls due, in order, and lets promises settle after each. */
  async advance(duration: Duration): Promise<void> {
    const target = this.#monotonic + duration;
    await this.settle();
    for (let next = this.#timers[0]; next !== undefined && next.due <= target; next = this.#timers[0]) {
      this.#timers.shift();
      this.#monotonic = next.due;
      next.run();
      await this.settle();
    }
    this.#monotonic = target;
  }

  /** Lets time pass, timer by timer, until `condition` holds; throws when it does not within `limit`. */
  async advanceUntil(condition: () => boolean, limit: Duration = 60_000): Promise<void> {
    const end = this.#monotonic + limit;
    await this.settle();
    while (!condition()) {
      const next = this.#timers[0];
      if (next === undefined || next.due > end)
        throw new AppError('testkit.never_happened', `did not happen within ${limit} ms of virtual time`, {
          context: { condition: String(condition) },
        });
      await this.advance(next.due - this.#monotonic);
    }
  }

  /** Sets the wall clock forward or back, as an operator or NTP does. Timers and `monotonic` do not notice. */
  jump(by: Duration): void {
    this.#wallOffset += by;
  }

  /** Lets everything happen that needs no time to pass: promises, and what waits for the end of this turn. */
  settle(): Promise<void> {
    // All microtasks, however long their chain, run before the next immediate; one that they asked for runs in the
    // round after it.
    return new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  }

  #insert(timer: DueTimer): void {
    let low = 0;
    let high = this.#timers.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.#timers[middle]!;
      if (other.due < timer.due || (other.due === timer.due && other.order < timer.order)) low = middle + 1;
      else high = middle;
    }
    this.#timers.splice(low, 0, timer);
  }

  #remove(timer: DueTimer): void {
    const index = this.#timers.indexOf(timer);
    if (index >= 0) this.#timers.splice(index, 1);
  }
}
