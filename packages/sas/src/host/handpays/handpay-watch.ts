import type { Fields } from '../../codec/field.ts';
import { type HandpayInfo, handpayOf } from './handpay-info.ts';

/** Tells every handpay once: 51 is raised again and again until 1B was read, and 1B may have to be read twice. */
export class HandpayWatch {
  readonly #onHandpay: (handpay: HandpayInfo) => void;
  readonly #denomCode: () => number | undefined;
  #told: string | undefined;

  constructor(onHandpay: (handpay: HandpayInfo) => void, denomCode: () => number | undefined) {
    this.#onHandpay = onHandpay;
    this.#denomCode = denomCode;
  }

  /** The answer to 1B. */
  onAnswer(fields: Fields): void {
    const handpay = handpayOf(fields, this.#denomCode());
    if (!handpay) return;
    const key = JSON.stringify(fields);
    if (key === this.#told) return;
    this.#told = key;
    this.#onHandpay(handpay);
  }

  /** 52: it was reset; the next may look the same and is another. */
  onReset(): void {
    this.#told = undefined;
  }
}
