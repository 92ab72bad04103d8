import { type Field, type Fields, type Form, sizeOf } from '../field.ts';

/** A field that is there only when the fields before it say so; `words` tells when. */
export const when = <T>(
  words: string,
  isThere: (before: Fields) => boolean,
  field: Field<T>,
): Field<T | undefined> => ({
  form: { kind: 'conditional', form: field.form, when: words, isThere },
  ...(field.unit ? { unit: field.unit } : {}),
  ...(field.choices ? { choices: field.choices } : {}),
  read: (reader, before) => (isThere(before) ? field.read(reader, before) : undefined),
  write(writer, value, all) {
    if (isThere(all) !== (value !== undefined)) writer.refuse(value, `given exactly ${words}`);
    if (value !== undefined) field.write(writer, value, all);
  },
});

/** Two readings of the same bytes: the first where `isFirst` holds of the fields before, else the second. */
export function either<A, B>(
  [first, second]: readonly [string, string],
  isFirst: (before: Fields) => boolean,
  a: Field<A>,
  b: Field<B>,
): readonly [Field<A | undefined>, Field<B | undefined>] {
  const one = when(first, isFirst, a);
  const two = when(second, (before) => !isFirst(before), b);
  return [
    { ...one, form: { ...one.form, bytes: sizeOf(a.form) } as Form },
    { ...two, form: { ...two.form, bytes: 0 } as Form },
  ];
}

/** Worked out from the fields before it; ignored when written. */
export const derived = <T>(make: (before: Fields) => T): Field<T> => ({
  form: { kind: 'derived' },
  read: (_reader, before) => make(before),
  write: () => {},
});

/** Bit 7 of the byte that the next field takes. */
export const topBit = (): Field<boolean> => ({
  form: { kind: 'bits', mask: 0x80, bytes: 0 },
  read: (reader) => (reader.bytes[reader.position]! & 0x80) !== 0 && reader.left > 0,
  write(writer, value) {
    if (typeof value !== 'boolean') writer.refuse(value, 'true or false');
  },
});

/** The low seven bits of a byte whose bit 7 is the field `top`. */
export const lowBits = (top: string): Field<number> => ({
  form: { kind: 'bits', mask: 0x7f, bytes: 1 },
  read: (reader) => reader.byte() & 0x7f,
  write(writer, value, all) {
    if (value > 127) writer.refuse(value, 'a whole number from 0 to 127');
    writer.byte(value + (all[top] === true ? 0x80 : 0));
  },
});
