import { type Clock, type Duration, type Instant, InternalError, type Timer } from '@vakhta/kernel';

interface Due {
  at: Duration;
  /** Timers due at the same moment run in the order they were set. */
  order: number;
  run: () => void;
}

/** Time that passes only by `advance`, at once and without promises: what a machine does in it is done when it returns. */
export class SteppedClock implements Clock {
  readonly #start: Instant;
  #elapsed: Duration = 0;
  #order = 0;
  #timers: Due[] = [];

  constructor(start: Instant) {
    this.#start = start;
  }

  now(): Instant {
    return this.#start + this.#elapsed;
  }

  monotonic(): Duration {
    return this.#elapsed;
  }

  after(delay: Duration, run: () => void): Timer {
    return this.#set({ at: this.#elapsed + Math.max(0, delay), order: this.#order++, run });
  }

  every(period: Duration, run: () => void): Timer {
    if (!(period > 0)) throw new InternalError('sas.bad_period', 'a period must be above zero');
    const timer: Due = {
      at: this.#elapsed + period,
      order: this.#order++,
      run: () => {
        timer.at += period;
        timer.order = this.#order++;
        this.#set(timer);
        run();
      },
    };
    return this.#set(timer);
  }

  advance(duration: Duration): void {
    const end = this.#elapsed + duration;
    for (let next = this.#timers[0]; next && next.at <= end; next = this.#timers[0]) {
      this.#timers.shift();
      this.#elapsed = next.at;
      next.run();
    }
    this.#elapsed = end;
  }

  #set(timer: Due): Timer {
    const later = this.#timers.findIndex(
      ({ at, order }) => at > timer.at || (at === timer.at && order > timer.order),
    );
    this.#timers.splice(later < 0 ? this.#timers.length : later, 0, timer);
    return {
      cancel: () => {
        this.#timers = this.#timers.filter((other) => other !== timer);
      },
    };
  }
}
