import type { Clock } from '@vakhta/kernel';

/**
 * One life of the agent, and the clock that lasts as long as it: once the life is over no timer set on this clock
 * fires any more. A simulated crash ends the life; what was left behind then has no further effect.
 */
export class Life {
  readonly clock: Clock;
  #over = false;

  constructor(clock: Clock) {
    const whileAlive = (run: () => void) => () => {
      if (!this.#over) run();
    };
    this.clock = {
      now: () => clock.now(),
      monotonic: () => clock.monotonic(),
      after: (delay, run) => clock.after(delay, whileAlive(run)),
      every: (period, run) => {
        const timer = clock.every(period, () => {
          if (this.#over) timer.cancel();
          else run();
        });
        return timer;
      },
    };
  }

  get isOver(): boolean {
    return this.#over;
  }

  end(): void {
    this.#over = true;
  }
}
