import type { Duration, Random } from '@vakhta/kernel';

/**
 * Waits that double from `first` up to `limit`, each spread over its whole length ("full jitter"), so that many who
 * failed at the same moment do not come back at the same moment.
 */
export class BackOff {
  readonly #random: Random;
  readonly #first: Duration;
  readonly #limit: Duration;
  #failures = 0;

  constructor(random: Random, first: Duration, limit: Duration) {
    this.#random = random;
    this.#first = first;
    this.#limit = limit;
  }

  next(): Duration {
    // Past 2^30 the limit has long been reached, and a larger power would leave the exact integers.
    const ceiling = Math.min(this.#limit, this.#first * 2 ** Math.min(this.#failures, 30));
    this.#failures += 1;
    return Math.ceil(this.#random.float() * ceiling);
  }

  reset(): void {
    this.#failures = 0;
  }
}
