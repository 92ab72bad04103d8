import type { Choices, Field, FieldUnit } from '../field.ts';
import type { Cents, Count, Credits } from '../money.ts';

interface Meaning {
  readonly unit?: FieldUnit;
  readonly choices?: Choices;
}

/** One byte. */
export const byte = (choices?: Choices): Field<number> => ({
  form: { kind: 'integer', coding: 'byte', bytes: 1 },
  ...(choices ? { choices } : {}),
  read: (reader) => reader.byte(),
  write: (writer, value) => writer.byte(value),
});

/** `bytes` bytes of packed decimal. */
export const bcd = (bytes: number, meaning: Meaning = {}): Field<number> => ({
  form: { kind: 'integer', coding: 'bcd', bytes },
  ...meaning,
  read: (reader) => reader.bcd(bytes),
  write: (writer, value) => writer.bcd(value, bytes),
});

/** `bytes` bytes of binary, least significant first. */
export const littleEndian = (bytes: number, meaning: Meaning = {}): Field<number> => ({
  form: { kind: 'integer', coding: 'littleEndian', bytes },
  ...meaning,
  read: (reader) => reader.littleEndian(bytes),
  write: (writer, value) => writer.littleEndian(value, bytes),
});

// The wire carries plain numbers: only a declaration knows their unit, so the brand is given here and nowhere else.
const branded = <T extends number>(bytes: number, unit: FieldUnit) =>
  bcd(bytes, { unit }) as unknown as Field<T>;

export const creditsField = (bytes = 4): Field<Credits> => branded<Credits>(bytes, 'credits');
export const centsField = (bytes = 5): Field<Cents> => branded<Cents>(bytes, 'cents');
export const countField = (bytes = 4): Field<Count> => branded<Count>(bytes, 'count');

/** Facts 4: 0000 is the whole machine. */
export const game = (): Field<number> => bcd(2);

/** One byte, 00 or 01. */
export const flag = (): Field<boolean> => ({
  form: { kind: 'boolean' },
  read(reader) {
    const value = reader.byte();
    if (value > 1) reader.fail('a switch is neither 00 nor 01');
    return value === 1;
  },
  write(writer, value) {
    if (typeof value !== 'boolean') writer.refuse(value, 'true or false');
    writer.byte(value ? 1 : 0);
  },
});
