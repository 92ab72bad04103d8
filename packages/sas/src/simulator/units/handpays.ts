import type { Timer } from '@vakhta/kernel';
import type { Answer } from '../port/conversation.ts';
import type { Cabinet } from './cabinet.ts';

/** Facts 8.1. `amount`: cents at levels 1-32, accounting credits at others. */
export interface Handpay {
  readonly progressiveGroup: number;
  readonly level: number;
  readonly amount: number;
  readonly partialPayCredits: number;
  readonly resetId: number;
}

interface Waiting extends Handpay {
  isRead: boolean;
  isKeyed: boolean;
  /** Runs when it is keyed off: the money has left. */
  readonly onKeyed: (toCreditMeter: boolean) => void;
}

/** Queue mode: one handpay at a time is told; 52 comes when it was read and keyed, then the next 51. */
export class Handpays {
  readonly #cabinet: Cabinet;
  #waiting: Waiting[] = [];
  #reissue: Timer | undefined;
  toCreditMeter = false;

  constructor(cabinet: Cabinet) {
    this.#cabinet = cabinet;
  }

  get count(): number {
    return this.#waiting.length;
  }

  /** Whether play is stopped by a handpay that nobody has keyed off. */
  get isLocked(): boolean {
    return this.#waiting.some(({ isKeyed }) => !isKeyed);
  }

  add(handpay: Handpay, onKeyed: (toCreditMeter: boolean) => void = () => {}): void {
    this.#waiting.push({ ...handpay, isRead: false, isKeyed: false, onKeyed });
    if (this.#waiting.length === 1) this.#announce();
  }

  /** The attendant's key, or poll 94; false when there is nothing to key off. */
  keyOff(): boolean {
    const oldest = this.#waiting.find(({ isKeyed }) => !isKeyed);
    if (!oldest) return false;
    oldest.isKeyed = true;
    oldest.onKeyed(this.toCreditMeter && oldest.resetId === 1);
    this.#proceed();
    return true;
  }

  /** Poll 1B. */
  read(): Answer {
    const current = this.#waiting[0];
    const { progressiveGroup, level, amount, partialPayCredits, resetId } = current ?? none;
    const unit = level >= 1 && level <= 32 ? { amountCents: amount } : { amountCredits: amount };
    const fields = { progressiveGroup, level, ...unit, partialPayCredits, resetId, reserved: '0'.repeat(20) };
    return { kind: 'data', fields, ...(current ? { taken: () => this.#onRead(current) } : {}) };
  }

  #onRead(handpay: Waiting): void {
    if (handpay !== this.#waiting[0] || handpay.isRead) return;
    handpay.isRead = true;
    this.#reissue?.cancel();
    this.#reissue = undefined;
    this.#cabinet.clear('51');
    this.#proceed();
  }

  #proceed(): void {
    const current = this.#waiting[0];
    if (!current?.isRead || !current.isKeyed) return;
    this.#waiting.shift();
    this.#cabinet.raise({ code: '52' });
    if (this.#waiting.length > 0) this.#announce();
  }

  #announce(): void {
    this.#reissue = this.#cabinet.raiseUntilServed('51');
  }
}

const none: Handpay = { progressiveGroup: 0, level: 0, amount: 0, partialPayCredits: 0, resetId: 0 };
