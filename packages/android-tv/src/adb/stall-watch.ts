import type { Clock, Duration, Timer } from '@vakhta/kernel';

/**
 * Calls `onStall` when something has been owed for `limit` without any progress. Progress is only noted, the timer is
 * set again when it fires: a busy link costs one timer per `limit`, not one per packet.
 */
export class StallWatch {
  readonly #clock: Clock;
  readonly #limit: Duration;
  readonly #onStall: () => void;
  #owed = 0;
  #progressAt: Duration = 0;
  #timer: Timer | undefined;

  constructor(clock: Clock, limit: Duration, onStall: () => void) {
    this.#clock = clock;
    this.#limit = limit;
    this.#onStall = onStall;
  }

  /** One more thing is owed; the wait starts anew if nothing was. */
  owe(): void {
    if (this.#owed++ === 0) this.progress();
    this.#timer ??= this.#clock.after(this.#limit, () => this.#check());
  }

  /** One thing owed has come. */
  settle(): void {
    this.#owed = Math.max(0, this.#owed - 1);
  }

  progress(): void {
    this.#progressAt = this.#clock.monotonic();
  }

  stop(): void {
    this.#owed = 0;
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  #check(hasLookedAgain = false): void {
    this.#timer = undefined;
    if (this.#owed === 0) return;
    const left = this.#progressAt + this.#limit - this.#clock.monotonic();
    // A process that was busy or asleep runs its timers before it reads what has come meanwhile: look once more.
    if (left > 0) this.#timer = this.#clock.after(left, () => this.#check());
    else if (!hasLookedAgain) this.#timer = this.#clock.after(0, () => this.#check(true));
    else this.#onStall();
  }
}
