import type { Clock, Duration, Timer } from '@vakhta/kernel';

export interface RepeaterOptions {
  readonly clock: Clock;
  readonly every: Duration;
  readonly mayRun: () => boolean;
  readonly run: () => Promise<unknown>;
}

/** Runs something as soon as it may, then again `every` after each start; never twice at a time. */
export class Repeater {
  readonly #options: RepeaterOptions;
  #dueAt: Duration = Number.NEGATIVE_INFINITY;
  #isRunning = false;
  #isStopped = false;
  #timer: Timer | undefined;

  constructor(options: RepeaterOptions) {
    this.#options = options;
  }

  /** Something changed: it may be due, or may run now. */
  look(): void {
    const { clock, every, mayRun, run } = this.#options;
    this.#timer?.cancel();
    if (this.#isStopped || this.#isRunning || !mayRun()) return;
    const wait = this.#dueAt - clock.monotonic();
    if (wait > 0) {
      this.#timer = clock.after(wait, () => this.look());
      return;
    }
    this.#dueAt = clock.monotonic() + every;
    this.#isRunning = true;
    void run().finally(() => {
      this.#isRunning = false;
      this.look();
    });
  }

  stop(): void {
    this.#isStopped = true;
    this.#timer?.cancel();
  }
}
