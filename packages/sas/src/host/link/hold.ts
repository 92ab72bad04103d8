import type { Clock, Duration } from '@vakhta/kernel';
import type { Pending } from '../../frames/index.ts';

/** A poll that, said again, acknowledges nothing. */
export interface HeldPoll {
  readonly bytes: Uint8Array;
  readonly pending: Pending;
}

/** A machine takes the host for gone when it hears nothing for 5 s (facts 1.3). */
const reminder: Duration = 1000;
/** After what was kept: so often the machine is asked to say the same once more. */
const mostTries = 6;

/**
 * What a machine said is being kept, and until it is, the machine must not be told that it was received (facts 1.6). A
 * long wait is filled with the same poll, an implied NACK: the machine says the same again, is silent to the third
 * repeat, and begins anew. At the end it has to be brought back to where it said the same.
 */
export class Hold {
  readonly #poll: HeldPoll;
  readonly #hex: string;
  readonly #clock: Clock;
  #waiting = 0;
  #saidAt: Duration;
  #isAtSame = true;
  #tries = 0;
  #isAsking = false;

  constructor(poll: HeldPoll, hex: string, clock: Clock) {
    this.#poll = poll;
    this.#hex = hex;
    this.#clock = clock;
    this.#saidAt = clock.monotonic();
  }

  /** A rejection never ends it: nobody may conclude that it was kept. */
  waitFor(kept: Promise<void>, ended: () => void): void {
    this.#waiting++;
    kept.then(
      () => {
        this.#waiting--;
        ended();
      },
      () => {},
    );
  }

  /** The machine's last word was what is held. */
  get isAtSame(): boolean {
    return this.#isAtSame;
  }

  get isOver(): boolean {
    return this.#waiting === 0 && !this.#isAsking && (this.#isAtSame || this.#tries >= mostTries);
  }

  /** The poll goes out once more. */
  ask(): HeldPoll {
    this.#isAsking = true;
    return this.#poll;
  }

  dueAt(interval: Duration): Duration {
    return this.#saidAt + (this.#waiting > 0 ? reminder : interval);
  }

  heard(hex: string | undefined): void {
    this.#saidAt = this.#clock.monotonic();
    this.#isAsking = false;
    this.#isAtSame = hex === this.#hex;
    if (this.#waiting === 0) this.#tries++;
  }
}
