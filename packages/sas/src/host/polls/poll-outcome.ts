import type { Fields } from '../../codec/field.ts';

/** Why a poll brought nothing. */
export type PollFailureCode =
  /** No answer to any try: not supported, or not heard. */
  | 'sas.silent'
  /** Answers came, none could be read. */
  | 'sas.damaged'
  /** NACK: the machine does not accept the data. */
  | 'sas.refused'
  /** It said that it is busy, each time; only of polls without a host, which would ask on. */
  | 'sas.busy'
  /** Its deadline passed before it could be sent or answered. */
  | 'sas.expired'
  /** The machine does not answer at all. */
  | 'sas.down'
  | 'sas.stopped';

export interface PollFailure {
  readonly code: PollFailureCode;
  /** How often it was on the wire: with 0 the machine cannot know of it. */
  readonly sent: number;
}

/** What came of a poll; `F` are the fields of its answer. */
export type PollOutcome<F = Fields> =
  /** `frame`: the answer as it came, hex, CRC included. */
  | { readonly ok: true; readonly kind: 'data'; readonly fields: F; readonly frame: string }
  | { readonly ok: true; readonly kind: 'ack' }
  | { readonly ok: false; readonly error: PollFailure };
