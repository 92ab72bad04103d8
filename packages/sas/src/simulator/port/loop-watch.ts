import type { Clock, Duration, Timer } from '@vakhta/kernel';

/** Facts 1.3, 1.4. */
const loopBreakAfter: Duration = 5000;
const chirpPeriod: Duration = 200;

/**
 * Watches for the host: after five seconds without a symbol with the ninth bit the loop is broken, and the machine
 * chirps until it hears one again.
 */
export class LoopWatch {
  readonly #clock: Clock;
  readonly #onBreak: () => void;
  readonly #chirp: () => void;
  #heardAt: Duration;
  #timer: Timer | undefined;
  #chirps: Timer | undefined;

  constructor(clock: Clock, actions: { onBreak: () => void; chirp: () => void }) {
    this.#clock = clock;
    this.#onBreak = actions.onBreak;
    this.#chirp = actions.chirp;
    this.#heardAt = clock.monotonic();
    this.#arm();
  }

  /** A symbol with the ninth bit was heard. */
  heard(): void {
    this.#heardAt = this.#clock.monotonic();
    if (!this.#chirps) return;
    this.#chirps.cancel();
    this.#chirps = undefined;
    this.#arm();
  }

  stop(): void {
    this.#timer?.cancel();
    this.#chirps?.cancel();
    this.#timer = undefined;
    this.#chirps = undefined;
  }

  restart(): void {
    this.stop();
    this.#heardAt = this.#clock.monotonic();
    this.#arm();
  }

  /** One timer for thousands of polls: it looks, when it runs, how long ago the last one was. */
  #arm(): void {
    const left = this.#heardAt + loopBreakAfter - this.#clock.monotonic();
    this.#timer = this.#clock.after(left, () => {
      if (this.#clock.monotonic() < this.#heardAt + loopBreakAfter) return this.#arm();
      this.#onBreak();
      this.#chirps = this.#clock.every(chirpPeriod, this.#chirp);
      this.#chirp();
    });
  }
}
