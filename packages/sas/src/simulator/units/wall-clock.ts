import type { Clock, Duration } from '@vakhta/kernel';

const two = (value: number): string => String(value).padStart(2, '0');

/** The machine's own date and time: no zone, set by the host, and never trusted for order. */
export class WallClock {
  readonly #clock: Clock;
  /** Milliseconds from the monotonic clock to the machine's time. */
  #offset: Duration;

  constructor(clock: Clock, start: string | undefined) {
    this.#clock = clock;
    this.#offset = (start === undefined ? clock.now() : Date.parse(`${start}Z`)) - clock.monotonic();
  }

  /** MMDDYYYY and HHMMSS. */
  read(): { date: string; time: string } {
    const at = new Date(this.#clock.monotonic() + this.#offset);
    return {
      date: `${two(at.getUTCMonth() + 1)}${two(at.getUTCDate())}${at.getUTCFullYear()}`,
      time: `${two(at.getUTCHours())}${two(at.getUTCMinutes())}${two(at.getUTCSeconds())}`,
    };
  }

  /** False when it is no date or no time. */
  set(date: string, time: string): boolean {
    const iso = `${date.slice(4)}-${date.slice(0, 2)}-${date.slice(2, 4)}T${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4)}Z`;
    const at = Date.parse(iso);
    if (Number.isNaN(at)) return false;
    this.#offset = at - this.#clock.monotonic();
    return true;
  }
}
