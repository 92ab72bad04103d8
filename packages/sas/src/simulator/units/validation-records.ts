import type { Timer } from '@vakhta/kernel';
import type { Answer } from '../port/conversation.ts';
import type { Cabinet } from './cabinet.ts';

/** What poll 4D tells of a ticket or handpay that was validated (facts 8.2). */
export interface ValidationRecord {
  readonly validationType: number;
  readonly validationNumber: string;
  readonly amountCents: number;
  /** 65535 when there is no ticket. */
  readonly ticketNumber: number;
  readonly validationSystemId: number;
  readonly expiration: string;
  readonly poolId: number;
}

interface Kept extends ValidationRecord {
  readonly bufferIndex: number;
  readonly date: string;
  readonly time: string;
  isUnread: boolean;
}

const size = 31;
const noRecord = {
  validationType: 0,
  bufferIndex: 0,
  date: '00000000',
  time: '000000',
  validationNumber: '0000000000000000',
  amountCents: 0,
  ticketNumber: 0,
  validationSystemId: 0,
  expiration: '00000000',
  poolId: 0,
};

/** 31 records that survive a power cut; 3D or 3E is raised until the last unread one has been read. */
export class ValidationRecords {
  readonly #cabinet: Cabinet;
  readonly #slots: (Kept | undefined)[] = Array.from({ length: size }, () => undefined);
  #written = 0;
  #reissue: Timer | undefined;
  #flag = '3D';

  constructor(cabinet: Cabinet) {
    this.#cabinet = cabinet;
  }

  /** All records are unread: the machine must not print another. */
  get isFull(): boolean {
    return this.#slots.every((record) => record?.isUnread === true);
  }

  /** Keeps a record with the machine's time now, and tells the host by `flag`. */
  add(record: ValidationRecord, flag: '3D' | '3E'): void {
    const index = this.#written % size;
    this.#written++;
    this.#slots[index] = { ...record, ...this.#cabinet.wallClock(), bufferIndex: index + 1, isUnread: true };
    // With standard validation it is an ordinary exception, and poll 3D tells the ticket (facts 1.8).
    if (this.#cabinet.setup.validation === 'standard') {
      this.#slots[index].isUnread = false;
      this.#cabinet.raise({ code: flag });
    } else if (this.#reissue && this.#flag === flag) this.#cabinet.raise({ code: flag });
    else {
      this.#reissue?.cancel();
      this.#reissue = this.#cabinet.raiseUntilServed(flag);
    }
    this.#flag = flag;
  }

  /** Poll 4D: 0 the oldest unread record, 1-31 a slot, 255 look without marking. */
  read(what: number): Answer {
    if (what > 0 && what <= size) return this.#answer(this.#slots[what - 1]);
    const oldest = this.#oldestUnread();
    return this.#answer(oldest, what === 0 && oldest ? () => this.#onRead(oldest) : undefined);
  }

  #oldestUnread(): Kept | undefined {
    for (let back = size; back >= 1; back--) {
      const record = this.#slots[(((this.#written - back) % size) + size) % size];
      if (this.#written - back >= 0 && record?.isUnread) return record;
    }
    return undefined;
  }

  #answer(record: Kept | undefined, taken?: () => void): Answer {
    const { isUnread: _, ...fields } = record ?? { ...noRecord, isUnread: false };
    return { kind: 'data', fields, ...(taken ? { taken } : {}) };
  }

  #onRead(record: Kept): void {
    record.isUnread = false;
    if (this.#oldestUnread()) return;
    this.#reissue?.cancel();
    this.#reissue = undefined;
    this.#cabinet.clear(this.#flag);
  }
}
