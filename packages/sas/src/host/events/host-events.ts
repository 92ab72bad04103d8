import type { Duration } from '@vakhta/kernel';
import type { Fields } from '../../codec/field.ts';
import type { MessageName } from '../../messages/index.ts';
import type { ExceptionName } from '../../tables/index.ts';
import type { HandpayInfo } from '../handpays/handpay-info.ts';
import type { MeterChange } from '../meters/meter-engine.ts';
import type { TicketInResult } from '../tickets/ticket-in-journal.ts';
import type { TicketOut } from '../tickets/ticket-outs.ts';
import type { TransferResult } from '../transfers/transfer-journal.ts';

/** Something the machine told: an exception, or a real-time event with its data. */
export interface MachineEvent {
  readonly address: number;
  /** Two hex digits (facts 7). */
  readonly code: string;
  /** The name of the table, or `unknown`. */
  readonly name: ExceptionName | 'unknown';
  readonly title: string;
  readonly data: Fields;
  readonly realTime: boolean;
  /** It may be the same as was told last, from before the link was lost. Only with `firstPoll`. */
  readonly maybeRepeated: boolean;
  /** Monotonic time of its last bit. */
  readonly at: Duration;
}

/** Everything a host tells its program, and with what. */
export interface HostEvents {
  /** The machine answers; after it was started, or after it was lost. */
  up: {
    readonly address: number;
    /** It answered before it was synchronised: it had not lost the thread of an earlier process. */
    readonly isContinued: boolean;
  };
  /** The machine does not answer any more. */
  down: { readonly address: number };
  /** A machine tells its address because it hears no host. */
  chirp: { readonly address: number };
  exception: MachineEvent;
  /** What a poll brought that an exception called for. */
  followUp: { readonly exception: string; readonly poll: MessageName; readonly fields: Fields };
  handpay: HandpayInfo;
  /** A handpay was reset: by key, from afar. `handpay` is what was told last; undefined when nothing was. */
  handpayReset: { readonly handpay: HandpayInfo | undefined };
  ticketPrinted: TicketOut;
  ticketIn: TicketInResult;
  transfer: TransferResult;
  meters: { readonly game: number; readonly changes: readonly MeterChange[] };
  romSignature: { readonly signature: string };
  /** A listener or a handler of the program failed. */
  handlerFailed: { readonly event: string; readonly error: unknown };
}
