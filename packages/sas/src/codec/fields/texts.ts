import type { Field } from '../field.ts';

/** `bytes` bytes of packed decimal kept as digits: dates, times, validation numbers, expirations. */
export const digits = (bytes: number): Field<string> => ({
  form: { kind: 'digits', bytes },
  read: (reader) => reader.digits(bytes),
  write: (writer, value) => writer.digits(value, bytes),
});

/** Packed decimal to the end of the message, kept as digits. */
export const restDigits = (): Field<string> => ({
  form: { kind: 'digits', bytes: 'rest' },
  read: (reader) => reader.digits(reader.left),
  write: (writer, value) => writer.digits(value, Math.ceil((value?.length ?? 0) / 2)),
});

/** Facts 4: MMDDYYYY. */
export const date = (): Field<string> => digits(4);
/** Facts 4: HHMMSS. */
export const time = (): Field<string> => digits(3);
/** Facts 4: MMDDYYYY, 0000NNNN days, 00009999 never, 00000000 none. */
export const expiration = (): Field<string> => digits(4);

/** Raw bytes in the order of the wire. */
export const hex = (bytes: number): Field<string> => ({
  form: { kind: 'hex', bytes, order: 'asWritten' },
  read: (reader) => reader.hex(bytes),
  write: (writer, value) => writer.hex(value, bytes),
});

/** A mask or an id that is sent least significant byte first and written most significant first. */
export const mask = (bytes: number): Field<string> => ({
  form: { kind: 'hex', bytes, order: 'lowFirst' },
  read(reader) {
    const wire = reader.hex(bytes);
    let text = '';
    for (let i = wire.length - 2; i >= 0; i -= 2) text += wire.slice(i, i + 2);
    return text;
  },
  write: (writer, value) => writer.hex(value, bytes, 'lowFirst'),
});

/** A length byte, then raw bytes. */
export const countedHex = (): Field<string> => ({
  form: { kind: 'hex', bytes: 'counted', order: 'asWritten' },
  read: (reader) => reader.hex(reader.byte()),
  write: (writer, value) => writer.counted(() => writer.hex(value, undefined)),
});

/** `bytes` characters; trailing spaces are kept. */
export const text = (bytes: number): Field<string> => ({
  form: { kind: 'text', bytes },
  read: (reader) => reader.text(bytes),
  write(writer, value) {
    if (typeof value !== 'string' || value.length !== bytes)
      writer.refuse(value, `a text of ${bytes} characters`);
    writer.text(value);
  },
});

/** Characters to the end of the message. */
export const restText = (): Field<string> => ({
  form: { kind: 'text', bytes: 'rest' },
  read: (reader) => reader.text(reader.left),
  write: (writer, value) => writer.text(value),
});

/** A length byte, then characters. */
export const countedText = (): Field<string> => ({
  form: { kind: 'text', bytes: 'counted' },
  read: (reader) => reader.text(reader.byte()),
  write: (writer, value) => writer.counted(() => writer.text(value)),
});

/** Four ASCII digits with two implied decimals: "9068" is "90.68". What is not digits stays as it was sent. */
export const percent = (): Field<string> => ({
  form: { kind: 'percent' },
  read(reader) {
    const sent = reader.text(4);
    return /^\d{4}$/.test(sent) ? `${sent.slice(0, 2)}.${sent.slice(2)}` : sent;
  },
  write(writer, value) {
    const sent = typeof value === 'string' ? value.replace(/^(\d\d)\.(\d\d)$/, '$1$2') : '';
    if (sent.length !== 4) writer.refuse(value, 'a percentage as "dd.dd"');
    writer.text(sent);
  },
});
