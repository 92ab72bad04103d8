import { type Clock, type Duration, minutes } from '@vakhta/kernel';

interface Window {
  failures: number;
  until: number;
}

/**
 * How often something may fail for one key, such as sign-in for an e-mail. Only failures count, so that a person who
 * knows the password is not held up by having used it; an attempt is counted before its outcome is known, so that a hundred at once are
 * not a hundred guesses.
 */
export class AttemptLimit {
  readonly #windows = new Map<string, Window>();
  readonly #clock: Clock;
  readonly #failures: number;
  readonly #period: Duration;

  constructor(clock: Clock, options: { failures: number; period?: Duration }) {
    this.#clock = clock;
    this.#failures = options.failures;
    this.#period = options.period ?? minutes(15);
  }

  /** False: refused. Otherwise the attempt counts as failed until `forgive` says it was not. */
  begin(key: string): boolean {
    const now = this.#clock.monotonic();
    this.#forgetPast(now);
    const window = this.#windows.get(key) ?? { failures: 0, until: now + this.#period };
    if (window.failures >= this.#failures) return false;
    window.failures += 1;
    this.#windows.set(key, window);
    return true;
  }

  /** Whether the next attempt will be refused. */
  isSpent(key: string): boolean {
    return (this.#windows.get(key)?.failures ?? 0) >= this.#failures;
  }

  /** As if nothing had failed. */
  clear(key: string): void {
    this.#windows.delete(key);
  }

  forgive(key: string): void {
    const window = this.#windows.get(key);
    if (window) window.failures -= 1;
  }

  /** Windows are kept in the order they began, which is the order they end. */
  #forgetPast(now: number): void {
    for (const [key, { until }] of this.#windows) {
      if (until > now) return;
      this.#windows.delete(key);
    }
  }
}
