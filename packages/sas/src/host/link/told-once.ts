/**
 * Facts 1.6: a machine tells again what it does not know to be acknowledged. The last thing told counts as new until
 * an answer to another poll proves that the machine heard us; the same bytes before that are the machine repeating
 * itself.
 */
export class ToldOnce {
  #open: { readonly hex: string; readonly asked: string } | undefined;

  /** Something was told, and nothing proves yet that its acknowledgement arrived. */
  get isOpen(): boolean {
    return this.#open !== undefined;
  }

  /** The machine heard the poll `asked`: a poll other than the one that was answered acknowledges the answer. */
  heard(asked: string): void {
    if (this.#open?.asked !== asked) this.#open = undefined;
  }

  /** The machine has nothing to tell, so nothing waits for its acknowledgement. */
  settle(): void {
    this.#open = undefined;
  }

  /** What is open, and no longer is: the machine has lost the thread. */
  takeOpen(): string | undefined {
    const hex = this.#open?.hex;
    this.#open = undefined;
    return hex;
  }

  /** Whether these bytes are what was told last and is not proven acknowledged. */
  isRepeat(hex: string): boolean {
    return this.#open?.hex === hex;
  }

  /** Notes what was told in answer to `asked`; false when it is a repeat. */
  isNew(hex: string, asked: string): boolean {
    const isRepeat = this.isRepeat(hex);
    this.#open = { hex, asked };
    return !isRepeat;
  }
}
