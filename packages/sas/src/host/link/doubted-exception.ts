/**
 * An exception is one byte without CRC, so a damaged "nothing" looks like one. The general poll again is an implied
 * NACK: a real exception is said again, a false one is not (facts 1.6).
 */
export class DoubtedException {
  #code: string | undefined;
  #isShaken = false;
  /** Exceptions in a row: a machine is silent to the third identical poll, which means nothing (facts 1.6). */
  #answers = 0;

  get isOpen(): boolean {
    return this.#code !== undefined;
  }

  /** The byte that the machine is to say again. */
  get byte(): number | undefined {
    return this.#code === undefined ? undefined : Number.parseInt(this.#code, 16);
  }

  /** A repeat went unanswered: it may have reached the machine as a poll of another address, which acknowledges. */
  shake(): void {
    this.#isShaken ||= this.#answers === 1;
  }

  drop(): void {
    this.#code = undefined;
    this.#isShaken = false;
    this.#answers = 0;
  }

  /** An exception byte was heard; gives what is certain by it. While it `isOpen`, the poll is to be repeated. */
  hear(code: string, isNothing: boolean): string[] {
    const before = this.#code;
    const wasShaken = this.#isShaken;
    const answers = this.#answers;
    this.drop();
    if (before === code) return [code];
    const acknowledged = before !== undefined && wasShaken ? [before] : [];
    if (isNothing) return acknowledged;
    this.#code = code;
    this.#answers = answers + 1;
    return acknowledged;
  }
}
