import { type Cents, Credits, creditsToCents, type Fields, handpayOf, type SasHost } from '@vakhta/sas';
import type { Reporter } from '@vakhta/things';
import * as z from 'zod';
import type { Handpay } from '../facts/index.ts';
import type { MachineStore } from './machine-store.ts';

const asked = 'handpayAsked';
const open = 'handpayOpen';
const kinds = {
  win: 'nonProgressive',
  progressive: 'progressive',
  cancelledCredits: 'cancelledCredit',
} as const;

/**
 * Reads what the machine is locked up with. Poll 1B gives it once: that it is being asked is on disk before, the answer is
 * on disk before the machine hears that it was received, and a process that died between the two asks for the same first.
 */
export class Handpays {
  readonly #report: Reporter;
  readonly #store: MachineStore;
  readonly #denomination: () => number | null;
  readonly #onRead: (handpay: Handpay) => void;
  #last: { readonly number: number; readonly frame: string };
  /** The number of the one that an earlier process asked for, as long as what became of that is not known. */
  #resumed: number | undefined;

  constructor(
    report: Reporter,
    store: MachineStore,
    deps: { denomination: () => number | null; onRead: (handpay: Handpay) => void },
  ) {
    this.#report = report;
    this.#store = store;
    this.#denomination = deps.denomination;
    this.#onRead = deps.onRead;
    const [number = '0', frame = ''] = report.lastOnce('handpay')?.split(' ') ?? [];
    this.#last = { number: Number(number), frame };
    this.#resumed = store.mark(asked, z.int());
  }

  get isUnsettled(): boolean {
    return this.#resumed !== undefined;
  }

  /** Asks the machine; 'none' when it is not locked up by a handpay that was not read yet. */
  async read(host: Pick<SasHost, 'ask'>): Promise<'read' | 'none' | 'noAnswer'> {
    if (this.#resumed === undefined) this.#store.setMark(asked, this.#last.number + 1);
    let found = false;
    const keep = async (fields: Fields, frame: string) => {
      found = await this.keep(fields, frame);
    };
    const outcome = await host.ask('handpay', {}, { priority: 'followUp', keep });
    if (!outcome.ok) return 'noAnswer';
    return found ? 'read' : 'none';
  }

  /** It was reset, as heard and before that is kept: the next may look the same and is another. */
  onReset(): void {
    if (this.#store.mark(open, z.int()) !== undefined) this.#store.clearMark(open);
  }

  /** The answer to 1B; whether there was a handpay in it. */
  readonly keep = async (fields: Fields, frame: string): Promise<boolean> => {
    const denomination = this.#denomination();
    const info = handpayOf(fields, denomination ?? undefined);
    // The machine says the same of the same handpay until that is reset.
    const isOpen = this.#store.mark(open, z.int()) === this.#last.number;
    const isSame = (isOpen || this.#resumed === this.#last.number) && frame === this.#last.frame;
    if (info && !isSame) {
      const number = this.#last.number + 1;
      const worth = (credits: number): Cents | null =>
        denomination === null ? null : (creditsToCents(Credits(credits), denomination) ?? null);
      const fact: Handpay = {
        number,
        kind: kinds[info.kind],
        level: info.level,
        progressiveGroup: info.progressiveGroup,
        amountCents: info.cents ?? null,
        amountCredits: info.credits ?? null,
        partialCredits: info.partialPayCredits,
        partialCents: worth(info.partialPayCredits),
        canGoToCreditMeter: info.canGoToCreditMeter,
      };
      await this.#report.event('handpay', { ...fact }, { once: `${number} ${frame}` });
      this.#last = { number, frame };
      this.#store.setMark(open, number);
      this.#onRead(fact);
    }
    this.#resumed = undefined;
    this.#store.clearMark(asked);
    return info !== undefined;
  };
}
