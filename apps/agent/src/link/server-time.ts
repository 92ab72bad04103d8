import type { Clock, Duration, Instant } from '@vakhta/kernel';

/**
 * The server's time, by which deadlines are judged and observations dated. It is measured at every handshake and carried
 * on by the monotonic clock: whoever sets the machine's own clock changes nothing here. Until the first handshake the
 * machine's clock is all there is.
 */
export class ServerTime {
  readonly #clock: Clock;
  /** Server time minus the monotonic clock. */
  #offset: Duration | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get isKnown(): boolean {
    return this.#offset !== undefined;
  }

  now(): Instant {
    return Math.round(
      this.#offset === undefined ? this.#clock.now() : this.#clock.monotonic() + this.#offset,
    );
  }

  /** The machine's clock minus the server's; 0 while unknown. */
  get clockOffset(): Duration {
    return this.#offset === undefined ? 0 : Math.round(this.#clock.now() - this.now());
  }

  /** The server said `time`, in answer to what was asked `roundTrip` ago; half of that it took to come back. */
  measured(time: Instant, roundTrip: Duration): void {
    this.#offset = time + roundTrip / 2 - this.#clock.monotonic();
  }
}
