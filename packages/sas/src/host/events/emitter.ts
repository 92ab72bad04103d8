type Listener<T> = (event: T) => unknown;

/** Typed events: lasting and one-shot listeners. A listener that fails harms neither the others nor the host. */
export class Emitter<Events extends object> {
  readonly #listeners = new Map<keyof Events, Set<Listener<never>>>();
  readonly #onFailure: (event: string, error: unknown) => void;

  constructor(onFailure: (event: string, error: unknown) => void) {
    this.#onFailure = onFailure;
  }

  /** Calls `listener` with every such event, until the returned function is called. */
  on<E extends keyof Events>(event: E, listener: Listener<Events[E]>): () => void {
    const all = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, all);
    all.add(listener);
    return () => void all.delete(listener);
  }

  /** Calls `listener` with the next such event that `isMeant` accepts, and with no other. */
  once<E extends keyof Events>(
    event: E,
    listener: Listener<Events[E]>,
    isMeant: (value: Events[E]) => boolean = () => true,
  ): () => void {
    const off = this.on(event, (value) => {
      if (!isMeant(value)) return undefined;
      off();
      return listener(value);
    });
    return off;
  }

  emit<E extends keyof Events>(event: E, value: Events[E]): void {
    // Listeners were put under the event whose values they take.
    for (const listener of [...(this.#listeners.get(event) ?? [])])
      this.#call(event, listener as Listener<Events[E]>, value);
  }

  #call<E extends keyof Events>(event: E, listener: Listener<Events[E]>, value: Events[E]): void {
    const failed = (error: unknown) => this.#onFailure(String(event), error);
    try {
      const result = listener(value);
      if (result instanceof Promise) result.catch(failed);
    } catch (error) {
      failed(error);
    }
  }
}
