import { type Clock, type Duration, minutes } from '@vakhta/kernel';

interface Window {
  asked: number;
  until: number;
}

/**
 * How often something may be asked for one key, such as mails for an address. Counted in this process: it holds a flood
 * back. What somebody could guess is counted by `Attempts`, in the database.
 */
export class AttemptLimit {
  readonly #windows = new Map<string, Window>();
  readonly #clock: Clock;
  readonly #times: number;
  readonly #period: Duration;

  constructor(clock: Clock, options: { times: number; period?: Duration }) {
    this.#clock = clock;
    this.#times = options.times;
    this.#period = options.period ?? minutes(15);
  }

  /** False: refused, until the period that the first one began is over. */
  begin(key: string): boolean {
    const now = this.#clock.monotonic();
    this.#forgetPast(now);
    const window = this.#windows.get(key) ?? { asked: 0, until: now + this.#period };
    if (window.asked >= this.#times) return false;
    window.asked += 1;
    this.#windows.set(key, window);
    return true;
  }

  /** Windows are kept in the order they began, which is the order they end. */
  #forgetPast(now: number): void {
    for (const [key, { until }] of this.#windows) {
      if (until > now) return;
      this.#windows.delete(key);
    }
  }
}
