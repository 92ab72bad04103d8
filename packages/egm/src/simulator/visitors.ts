import { type Clock, type Duration, integerBetween, minutes, type Random, type Timer } from '@vakhta/kernel';
import { Player, type SimulatedMachine } from '@vakhta/sas/simulator';

/** How long a visitor stays at a machine, and how long nobody comes. */
const stays: readonly [Duration, Duration] = [minutes(3), minutes(25)];
const empty: readonly [Duration, Duration] = [minutes(0.2), minutes(12)];

/** People who come to one machine, play for a while and go, one after another. What they leave on it stays there. */
export class Visitors {
  readonly #player: Player;
  readonly #clock: Clock;
  readonly #random: Random;
  #timer: Timer | undefined;

  constructor(machine: SimulatedMachine, options: { clock: Clock; random: Random; pace: Duration }) {
    this.#player = new Player(machine, options);
    this.#clock = options.clock;
    this.#random = options.random;
  }

  start(): void {
    // Two of three machines are taken when the doors open.
    if (this.#random.float() < 0.66) this.#come();
    else this.#leave();
  }

  stop(): void {
    this.#timer?.cancel();
    this.#player.stop();
  }

  #come(): void {
    this.#player.start();
    this.#timer = this.#clock.after(integerBetween(this.#random, ...stays), () => this.#leave());
  }

  #leave(): void {
    this.#player.stop();
    this.#timer = this.#clock.after(integerBetween(this.#random, ...empty), () => this.#come());
  }
}
