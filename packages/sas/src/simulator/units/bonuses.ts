import type { Answer } from '../port/conversation.ts';
import type { Cabinet } from './cabinet.ts';

/** Facts 8.8: awards of the host, paid at once while the machine is idle. */
export class Bonuses {
  readonly #cabinet: Cabinet;
  readonly #isIdle: () => boolean;
  readonly #totals = [0, 0, 0];
  #last = { multiplier: 0, multipliedWinCredits: 0, taxStatus: 0, bonusCredits: 0 };

  constructor(cabinet: Cabinet, isIdle: () => boolean) {
    this.#cabinet = cabinet;
    this.#isIdle = isIdle;
  }

  /** Poll 8A; busy while a door is open, in a menu or locked up. */
  award(credits: number, taxStatus: number): Answer {
    if (!this.#cabinet.setup.features.legacyBonusAwards || taxStatus > 2 || credits === 0)
      return { kind: 'nack' };
    if (!this.#isIdle()) return { kind: 'busy' };
    this.#cabinet.ledger.move('host', 'cashable', credits);
    this.#cabinet.meters.add('001E', credits);
    this.#cabinet.meters.add('0001', credits);
    this.#totals[taxStatus]! += credits;
    this.#last = { multiplier: 0, multipliedWinCredits: 0, taxStatus, bonusCredits: credits };
    this.#cabinet.raise({ code: '7C', data: this.#last });
    return { kind: 'ack' };
  }

  /** Poll 90. */
  last(): Answer {
    return { kind: 'data', fields: this.#last };
  }

  /** Poll 9A. */
  meters(): Record<string, number> {
    const [deductibleCredits, nondeductibleCredits, wagerMatchCredits] = this.#totals as [
      number,
      number,
      number,
    ];
    return { deductibleCredits, nondeductibleCredits, wagerMatchCredits };
  }
}
