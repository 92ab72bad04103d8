import type { Clock, Duration } from '@vakhta/kernel';

/** Facts 1.3: a machine that hears no host for 5 s is not synchronised any more, and forgets what it answered. */
const forgetsAfter: Duration = 5200;

/**
 * Whether a machine that does not answer may be synchronised by `80`. One that heard every poll while its answers were
 * lost would take `80` for "received". So first it is asked again without; then the line is quiet until no machine can
 * have kept the thread, or until this one chirps, which says the same sooner.
 */
export class LostThread {
  readonly #clock: Clock;
  /** Without care there is no waiting, and `80` goes at once. */
  readonly isCareful: boolean;
  #isLost = false;
  #tries = 0;
  #hasChirped = false;
  #saidAt: Duration;

  constructor(clock: Clock, isCareful: boolean) {
    this.#clock = clock;
    this.isCareful = isCareful;
    this.#saidAt = clock.monotonic();
  }

  get isLost(): boolean {
    return this.#isLost;
  }

  /** It did not answer; it may be asked so often before the line is quiet. */
  lose(tries: number): void {
    if (!this.isCareful) return;
    this.#isLost = true;
    this.#tries = tries;
  }

  found(): void {
    this.#isLost = false;
    this.#hasChirped = false;
  }

  chirped(): void {
    this.#hasChirped = this.#isLost;
  }

  /** Something was said to it. */
  said(isSync: boolean): void {
    this.#saidAt = this.#clock.monotonic();
    if (isSync) this.#hasChirped = false;
  }

  /** Whether the next poll goes without `80`. */
  takeTry(): boolean {
    if (!this.#isLost || this.#hasChirped || this.#tries === 0) return false;
    this.#tries--;
    return true;
  }

  /** When `80` may go; undefined when nothing speaks against it, or there are tries left. */
  dueAt(): Duration | undefined {
    if (!this.#isLost || (this.#tries > 0 && !this.#hasChirped)) return undefined;
    return this.#hasChirped ? 0 : this.#saidAt + forgetsAfter;
  }
}
