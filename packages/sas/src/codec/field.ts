import type { Layout } from './layout.ts';
import type { Reader } from './reader.ts';
import type { Writer } from './writer.ts';

/** The fields of a message that were read before, or that are being written. */
export type Fields = Readonly<Record<string, unknown>>;

/** Meaning of the values of a one-byte field, for logs and the reference. */
export type Choices = Readonly<Record<number, string>>;

/** How a field looks on the wire, as data: the reference page, the log and the property tests are made from it. */
export type Form =
  | { readonly kind: 'integer'; readonly coding: 'byte' | 'littleEndian' | 'bcd'; readonly bytes: number }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'digits'; readonly bytes: number | 'rest' }
  | {
      readonly kind: 'hex';
      readonly bytes: number | 'rest' | 'counted';
      readonly order: 'asWritten' | 'lowFirst';
    }
  | { readonly kind: 'text'; readonly bytes: number | 'rest' | 'counted' }
  | { readonly kind: 'percent' }
  | { readonly kind: 'sized'; readonly coding: 'littleEndian' | 'bcd' }
  | { readonly kind: 'list'; readonly count: 'byte' | 'rest' | 'bytes'; readonly item: Layout<object> }
  | { readonly kind: 'values'; readonly count: 'byte' | 'rest'; readonly item: Form }
  | { readonly kind: 'meterCodes'; readonly bytes: 1 | 2 }
  | { readonly kind: 'meters'; readonly bytes: 1 | 2 }
  /** A part of a byte; the field that has its `bytes` is the last of them. */
  | { readonly kind: 'bits'; readonly mask: 0x80 | 0x7f; readonly bytes: 0 | 1 }
  /** Made from the fields before it; nothing on the wire. */
  | { readonly kind: 'derived' }
  /** Fields of another message (multi-denomination preamble). */
  | { readonly kind: 'nested' }
  | {
      readonly kind: 'conditional';
      readonly form: Form;
      readonly when: string;
      readonly isThere: (all: Fields) => boolean;
      /** Set when the size of the message does not depend on it, since another field takes its place. */
      readonly bytes?: number;
    };

export type FieldUnit = 'credits' | 'cents' | 'count' | 'days' | '1/100 s' | '100 ms';

/** One field: reads and writes itself, and can be described. */
export interface Field<T> {
  readonly form: Form;
  readonly unit?: FieldUnit;
  readonly choices?: Choices;
  /** `undefined` leaves the field out of the result. */
  read(reader: Reader, before: Fields): T;
  write(writer: Writer, value: T, all: Fields): void;
}

/** Bytes on the wire, or undefined when they vary. */
export function sizeOf(form: Form): number | undefined {
  switch (form.kind) {
    case 'integer':
      return form.bytes;
    case 'boolean':
      return 1;
    case 'percent':
      return 4;
    case 'bits':
    case 'conditional':
      return form.bytes;
    case 'derived':
      return 0;
    case 'digits':
    case 'hex':
    case 'text':
      return typeof form.bytes === 'number' ? form.bytes : undefined;
    default:
      return undefined;
  }
}
