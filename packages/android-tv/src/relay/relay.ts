/** What feeds the TV its mains. `on` always means that the TV has them, whatever the wiring. */
export interface Relay {
  /** `undefined`: nobody knows (a relay that does not answer). Never throws. */
  read(): Promise<boolean | undefined>;
  /**
   * Resolves when the relay says it did so.
   * @throws AppError relay.*
   */
  set(on: boolean): Promise<void>;
  close(): Promise<void>;
}

/** For tests and for a bench without hardware. */
export class SimulatedRelay implements Relay {
  #on = true;

  async read(): Promise<boolean> {
    return this.#on;
  }

  async set(on: boolean): Promise<void> {
    this.#on = on;
  }

  async close(): Promise<void> {}
}
