import { type Clock, type Duration, integerBetween, pick, type Random, type Timer } from '@vakhta/kernel';
import type { SimulatedMachine } from './simulated-machine.ts';

export interface PlayerOptions {
  readonly clock: Clock;
  /** Seeded: the same machine, clock and seed give the same evening. */
  readonly random: Random;
  /** From one thing the player does to the next, on average. */
  readonly pace?: Duration;
}

/** Codes of bills of facts 9.2, of the sizes that players carry. */
const usualBills = [2, 3, 4, 6, 7] as const;

/** Chances of what a game pays, in times of the bet; what is left over pays nothing. About 92 % comes back. */
const payouts: readonly (readonly [chance: number, times: number])[] = [
  [0.09, 1],
  [0.066, 2],
  [0.044, 5],
  [0.0178, 10],
  [0.0002, 800],
];
const handpayFrom = 500;

/** What a visitor does at times instead of a game: chance per turn. */
const cashesOut = 0.01;
const doorOpened = 0.002;
const calledForHandpay = 0.002;

/** A visitor and, when one is needed, an attendant: bills, games, cash-outs, handpays, a door now and then. */
export class Player {
  readonly #machine: SimulatedMachine;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #pace: Duration;
  #timer: Timer | undefined;

  constructor(machine: SimulatedMachine, { clock, random, pace = 4000 }: PlayerOptions) {
    this.#machine = machine;
    this.#clock = clock;
    this.#random = random;
    this.#pace = pace;
  }

  start(): void {
    this.#timer ??= this.#next();
  }

  /** The visitor gets up; what is on the machine stays there. */
  stop(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  #next(): Timer {
    return this.#clock.after(this.#pace * (0.5 + this.#random.float()), () => {
      this.#turn();
      this.#timer = this.#next();
    });
  }

  #turn(): void {
    const { play, handpays, switches, ledger, setup, isIdle } = this.#machine;
    const chance = this.#random.float();
    if (switches.doorOpen) play.door(false);
    else if (handpays.isLocked) handpays.keyOff();
    else if (!isIdle) return;
    else if (chance < cashesOut) play.cashOut();
    else if (chance < cashesOut + doorOpened) play.door(true);
    else if (chance < cashesOut + doorOpened + calledForHandpay) play.cancelCredits();
    else if (ledger.credits < setup.identity.maxBet) play.bill(0, pick(this.#random, usualBills));
    else if (switches.playEnabled && switches.gameEnabled) this.#game();
  }

  #game(): void {
    const bet = integerBetween(this.#random, 1, this.#machine.setup.identity.maxBet);
    const times = this.#times();
    this.#machine.play.game(bet, bet * times, times >= handpayFrom ? 'attendant' : 'machine');
  }

  #times(): number {
    let chance = this.#random.float();
    for (const [share, times] of payouts) {
      if (chance < share) return times;
      chance -= share;
    }
    return 0;
  }
}
