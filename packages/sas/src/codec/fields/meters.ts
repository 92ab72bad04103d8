import { meters as meterTable } from '../../tables/meters.ts';
import type { Field } from '../field.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** A meter as it was answered; `value` is null when the machine does not keep it (`bytes` is 0). */
export interface MeterReading {
  /** Four hex digits. */
  readonly code: string;
  readonly value: number | null;
  /** Bytes of the value on the wire. */
  readonly bytes: number;
}

const codeText = (code: number): string => code.toString(16).toUpperCase().padStart(4, '0');

function writeCode(writer: Writer, code: string, bytes: 1 | 2): void {
  if (typeof code !== 'string' || !/^[0-9A-Fa-f]{4}$/.test(code)) writer.refuse(code, 'four hex digits');
  const value = Number.parseInt(code, 16);
  if (value >= 256 ** bytes) writer.refuse(code, 'a code of one byte');
  writer.littleEndian(value, bytes);
}

/** Meter codes up to the end of the message, a byte each (2F) or two (6F, AF). */
export const meterCodes = (bytes: 1 | 2): Field<string[]> => ({
  form: { kind: 'meterCodes', bytes },
  read(reader) {
    const codes: string[] = [];
    while (reader.left > 0) codes.push(codeText(reader.littleEndian(bytes)));
    return codes;
  },
  write(writer, codes) {
    if (!Array.isArray(codes)) writer.refuse(codes, 'a list of meter codes');
    for (const code of codes) writeCode(writer, code, bytes);
  },
});

/**
 * Answer to 2F: codes with values of the fixed size of the table. Behind a code that the table does not know nothing
 * can be told apart: the caller keeps that rest, and asks by 6F instead.
 */
const readFixed = (reader: Reader): MeterReading[] => {
  const readings: MeterReading[] = [];
  while (reader.left > 0) {
    const code = codeText(reader.bytes[reader.position]!);
    const meter = meterTable.get(code);
    if (!meter) break;
    reader.byte();
    readings.push({ code, value: reader.bcd(meter.bytes), bytes: meter.bytes });
  }
  return readings;
};

/** Answer to 6F and AF: codes, sizes, values. */
const readSized = (reader: Reader): MeterReading[] => {
  const readings: MeterReading[] = [];
  while (reader.left > 0) {
    const code = codeText(reader.littleEndian(2));
    const bytes = reader.byte();
    if (bytes > 9) reader.fail('a meter is larger than 9 bytes');
    readings.push({ code, value: bytes === 0 ? null : reader.bcd(bytes), bytes });
  }
  return readings;
};

/** Meters up to the end of the message: of one-byte codes (2F) or of two (6F, AF). */
export const meterReadings = (codeBytes: 1 | 2): Field<MeterReading[]> => ({
  form: { kind: 'meters', bytes: codeBytes },
  read: codeBytes === 1 ? readFixed : readSized,
  write(writer, readings) {
    if (!Array.isArray(readings)) writer.refuse(readings, 'a list of meters');
    for (const { code, value, bytes } of readings) {
      writeCode(writer, code, codeBytes);
      if (codeBytes === 2) {
        if (!(bytes <= 9)) writer.refuse(bytes, 'of 9 bytes at most');
        writer.byte(bytes);
      } else if (bytes !== meterTable.get(code.toUpperCase())?.bytes)
        writer.refuse(bytes, `of the fixed size of meter ${code}`);
      if ((bytes === 0) !== (value === null)) writer.refuse(value, 'null exactly when it has no bytes');
      if (value !== null) writer.bcd(value, bytes);
    }
  },
});

/** What is left of an answer to 2F behind a code that is not known. */
export const unparsedMeters = (): Field<string | undefined> => ({
  form: {
    kind: 'conditional',
    form: { kind: 'hex', bytes: 'rest', order: 'asWritten' },
    when: 'behind an unknown meter',
    isThere: (all) => all.unparsed !== undefined,
  },
  read: (reader) => (reader.left > 0 ? reader.hex(reader.left) : undefined),
  write(writer, value) {
    if (value !== undefined) writer.hex(value, undefined);
  },
});
