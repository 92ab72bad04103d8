/** Runs `work` soon, at most once for any number of calls before it runs. A browser gives its next frame. */
export type Schedule = (work: () => void) => void;

/** Listeners by key, told at most once a flush however often their key was touched. */
export class Topics {
  readonly #listeners = new Map<string, Set<() => void>>();
  readonly #touched = new Set<string>();
  readonly #schedule: Schedule;
  #waiting = false;

  constructor(schedule: Schedule) {
    this.#schedule = schedule;
  }

  subscribe(key: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(key) ?? new Set();
    listeners.add(listener);
    this.#listeners.set(key, listeners);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(key) === listeners) this.#listeners.delete(key);
    };
  }

  touch(...keys: string[]): void {
    for (const key of keys) this.#touched.add(key);
    if (this.#waiting) return;
    this.#waiting = true;
    this.#schedule(() => {
      this.#waiting = false;
      const touched = [...this.#touched];
      this.#touched.clear();
      for (const key of touched) for (const listener of this.#listeners.get(key) ?? []) listener();
    });
  }
}
