import type { Timer } from '@vakhta/kernel';
import { secureEnhancedNumber } from '../../codec/secure-enhanced-number.ts';
import { standardNumber } from '../../codec/standard-number.ts';
import type { Answer } from '../port/conversation.ts';
import { type Cabinet, centsOf } from './cabinet.ts';
import type { ValidationRecords } from './validation-records.ts';

interface Pending {
  readonly credits: number;
  readonly cents: number;
  /** Waits for the number of the host (system validation); after it, for the printer. */
  isWaiting: boolean;
  timer: Timer | undefined;
}

/** No number from the host within 10 s is a refusal (facts 8.2). */
const hostMustAnswerWithin = 10_000;
const expiresIn = '00000030';

/** Tickets out: by the machine's own number, or by one of the host. */
export class Cashouts {
  readonly #cabinet: Cabinet;
  readonly #records: ValidationRecords;
  #pending: Pending | undefined;
  #tickets = 0;
  #machineId: string;
  #sequence: number;
  /** What the host set last: the same again does not set the sequence back (facts 8.2). */
  #lastSet: string | undefined;
  /** The last ticket of standard validation, for poll 3D. */
  #last = { validationNumber: '00000000', amountCents: 0 };

  constructor(cabinet: Cabinet, records: ValidationRecords) {
    this.#cabinet = cabinet;
    this.#records = records;
    this.#machineId = cabinet.setup.validationId.machineId;
    this.#sequence = cabinet.setup.validationId.sequence;
  }

  get isPending(): boolean {
    return this.#pending !== undefined;
  }

  /** The player wants the money: all of it, on a ticket. False when there is none or it cannot be printed. */
  begin(): boolean {
    const { ledger, setup } = this.#cabinet;
    const credits = ledger.balance('cashable') + ledger.balance('nonrestricted');
    if (this.#pending || credits === 0 || this.#records.isFull) return false;
    const isSystem = setup.validation === 'system';
    this.#pending = {
      credits,
      cents: centsOf(this.#cabinet, credits),
      isWaiting: isSystem,
      timer: undefined,
    };
    if (isSystem) {
      this.#cabinet.raise({ code: '57' });
      this.#pending.timer = this.#cabinet.clock.after(hostMustAnswerWithin, () => this.#deny());
    } else this.#print(this.#ownNumber(), 0);
    return true;
  }

  #ownNumber(): string {
    if (this.#cabinet.setup.validation === 'standard') {
      const number = standardNumber(this.#pending!.cents, this.#cabinet.wallClock().time);
      this.#last = { validationNumber: number, amountCents: this.#pending!.cents };
      return `00000000${number}`;
    }
    this.#sequence = (this.#sequence + 1) & 0xffffff;
    return secureEnhancedNumber(Number.parseInt(this.#machineId, 16), this.#sequence).slice(2);
  }

  #print(validationNumber: string, validationSystemId: number): void {
    const pending = this.#pending!;
    pending.timer = this.#cabinet.clock.after(this.#cabinet.setup.options.printDelayMs, () =>
      this.#cabinet.whenOn(() => {
        this.#pending = undefined;
        this.#onPrinted(pending, validationNumber, validationSystemId);
      }),
    );
  }

  #onPrinted({ credits, cents }: Pending, validationNumber: string, validationSystemId: number): void {
    const { ledger, meters } = this.#cabinet;
    const nonrestricted = Math.min(credits, ledger.balance('nonrestricted'));
    ledger.move('nonrestricted', 'tickets', nonrestricted);
    ledger.move('cashable', 'tickets', Math.min(credits - nonrestricted, ledger.balance('cashable')));
    meters.add('0086', cents);
    meters.add('0087', 1);
    this.#cabinet.addDerived('0016', credits);
    this.#cabinet.addDerived('0004', credits);
    this.#tickets++;
    this.#records.add(
      {
        validationType: 0,
        validationNumber,
        amountCents: cents,
        ticketNumber: ((this.#tickets - 1) % 9999) + 1,
        validationSystemId,
        expiration: expiresIn,
        poolId: 0,
      },
      '3D',
    );
  }

  #deny(): void {
    this.#pending?.timer?.cancel();
    this.#pending = undefined;
    this.#cabinet.clear('57');
  }

  /** Poll 57. */
  pending(): Answer {
    const waiting = this.#pending?.isWaiting ? this.#pending : undefined;
    return {
      kind: 'data',
      fields: { cashoutType: waiting ? 0 : 0x80, amountCents: waiting?.cents ?? 0 },
    };
  }

  /** Poll 58. */
  receiveNumber(systemId: number, validationNumber: string): Answer {
    const pending = this.#pending;
    const status = (validationStatus: number): Answer => ({ kind: 'data', fields: { validationStatus } });
    if (!pending?.isWaiting) return status(0x80);
    if (systemId === 0) this.#deny();
    else {
      pending.isWaiting = false;
      pending.timer?.cancel();
      this.#print(validationNumber, systemId);
    }
    return status(0);
  }

  /** Poll 4C. */
  setId(machineId: string, sequence: number): Answer {
    const given = `${machineId}/${sequence}`;
    if (machineId !== '000000' && given !== this.#lastSet) {
      this.#machineId = machineId;
      this.#sequence = sequence;
      this.#lastSet = given;
      this.#cabinet.clear('3F');
    }
    return { kind: 'data', fields: { machineId: this.#machineId, sequence: this.#sequence } };
  }

  /** Poll 3D. */
  lastStandard(): Answer {
    return { kind: 'data', fields: this.#last };
  }
}
