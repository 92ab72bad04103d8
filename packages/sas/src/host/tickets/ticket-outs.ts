import type { Fields } from '../../codec/field.ts';
import { Cents } from '../../codec/money.ts';
import type { Ask } from '../polls/ask.ts';

/** A ticket that was printed, or a handpay that was validated (facts 8.2). */
export interface TicketOut {
  readonly validationType: number;
  /** 18 digits: system id and number; of standard validation the eight digits there are. */
  readonly barcode: string;
  readonly cents: Cents;
  /** MMDDYYYY and HHMMSS by the machine's clock; undefined with standard validation. */
  readonly date: string | undefined;
  readonly time: string | undefined;
  readonly ticketNumber: number | undefined;
  readonly expiration: string | undefined;
}

/** What the host gives a machine that asks for a number, or undefined to refuse. */
export type IssueNumber = (cashout: {
  readonly cents: Cents;
  readonly restricted: boolean;
}) => Promise<{ readonly systemId: number; readonly number: string } | undefined>;

export interface TicketOutsDeps {
  readonly ask: Ask;
  readonly issueNumber: IssueNumber | undefined;
  readonly onTicket: (ticket: TicketOut) => void;
}

/** Tickets out: reads every record once, and gives numbers where the host makes them. */
export class TicketOuts {
  readonly #deps: TicketOutsDeps;
  /** The last record: read again when its acknowledgement was lost. */
  #last: string | undefined;

  constructor(deps: TicketOutsDeps) {
    this.#deps = deps;
  }

  /** The answer to 4D; there may be another unread one behind it. */
  async onRecord(fields: Fields): Promise<void> {
    if (Number(fields.bufferIndex) === 0) return;
    const key = `${fields.bufferIndex} ${fields.validationNumber} ${fields.date} ${fields.time}`;
    if (key !== this.#last) {
      this.#last = key;
      this.#deps.onTicket({
        validationType: Number(fields.validationType),
        barcode: `${String(fields.validationSystemId).padStart(2, '0')}${fields.validationNumber}`,
        cents: Cents(Number(fields.amountCents)),
        date: String(fields.date),
        time: String(fields.time),
        ticketNumber: Number(fields.ticketNumber),
        expiration: String(fields.expiration),
      });
    }
    const next = await this.#deps.ask('validationRecord', { function: 0 }, { priority: 'followUp' });
    if (next.ok && next.kind === 'data') await this.onRecord(next.fields);
  }

  /** The answer to 3D, of standard validation. */
  onStandard(fields: Fields): void {
    const cents = Cents(Number(fields.amountCents));
    if (cents === 0) return;
    this.#deps.onTicket({
      validationType: 0,
      barcode: String(fields.validationNumber),
      cents,
      date: undefined,
      time: undefined,
      ticketNumber: undefined,
      expiration: undefined,
    });
  }

  /** The answer to 57: a machine with system validation waits for a number, or for a refusal. */
  async onPending(fields: Fields): Promise<void> {
    const type = Number(fields.cashoutType);
    if (type === notWaiting) return;
    const cashout = { cents: Cents(Number(fields.amountCents)), restricted: type === 1 };
    const issued = await this.#deps.issueNumber?.(cashout).catch(() => undefined);
    await this.#deps.ask(
      'validationNumber',
      { validationSystemId: issued?.systemId ?? 0, validationNumber: issued?.number ?? '0'.repeat(16) },
      { priority: 'command' },
    );
  }
}

const notWaiting = 0x80;
