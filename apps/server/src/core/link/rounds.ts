/** Runs a piece of work round by round, never two at once: what is asked for meanwhile is served by one more round. */
export class Rounds<T> {
  readonly #work: (first: T) => Promise<'done' | 'more'>;
  readonly #usual: T;
  readonly #onError: (error: unknown) => void;
  #running = false;
  #again = false;

  /** `usual` is what a further round is given. */
  constructor(usual: T, work: (how: T) => Promise<'done' | 'more'>, onError: (error: unknown) => void) {
    this.#usual = usual;
    this.#work = work;
    this.#onError = onError;
  }

  ask(how: T = this.#usual): void {
    if (this.#running) {
      this.#again = true;
      return;
    }
    this.#running = true;
    void this.#run(how);
  }

  async #run(how: T): Promise<void> {
    let next = how;
    do {
      this.#again = false;
      try {
        if ((await this.#work(next)) === 'more') this.#again = true;
      } catch (error) {
        this.#onError(error);
      }
      next = this.#usual;
    } while (this.#again);
    this.#running = false;
  }
}
