import type { Field } from '../field.ts';
import type { Layout } from '../layout.ts';

/** A number with its size before it; size 0 means that there is none. */
export interface Sized {
  readonly bytes: number;
  readonly value: number | null;
}

/** A size byte, then a number of so many bytes. Packed decimal has sizes 0-9, binary 0-6. */
export const sized = (coding: 'bcd' | 'littleEndian'): Field<Sized> => ({
  form: { kind: 'sized', coding },
  read(reader) {
    const bytes = reader.byte();
    if (bytes > 9) reader.fail('a size is above 9');
    return { bytes, value: bytes === 0 ? null : reader[coding](bytes) };
  },
  write(writer, { bytes, value }) {
    if (bytes > 9) writer.refuse(bytes, 'of 9 bytes at most');
    if ((bytes === 0) !== (value === null)) writer.refuse(value, 'null exactly when it has no bytes');
    writer.byte(bytes);
    if (value !== null) writer[coding](value, bytes);
  },
});

/**
 * Several of the same. `count`: a byte that says how many; a byte that says how many bytes they take; or as many as
 * there are up to the end of the message.
 */
export const list = <T extends object>(item: Layout<T>, count: 'byte' | 'bytes' | 'rest'): Field<T[]> => ({
  form: { kind: 'list', count, item: item as unknown as Layout<object> },
  read(reader) {
    const items: T[] = [];
    if (count === 'byte') {
      for (let left = reader.byte(); left > 0 && !reader.problem; left--) items.push(item.read(reader));
      return items;
    }
    const end = count === 'rest' ? reader.end : reader.byte() + reader.position;
    if (end > reader.end) reader.fail('a list is longer than its message');
    while (reader.position < end && !reader.problem) items.push(item.read(reader));
    if (reader.position > end) reader.fail('the last item of a list is cut');
    return items;
  },
  write(writer, items) {
    if (!Array.isArray(items)) writer.refuse(items, 'a list');
    const all = () => {
      for (const one of items) item.write(writer, one);
    };
    if (count === 'bytes') return writer.counted(all);
    if (count === 'byte') writer.byte(items.length);
    all();
  },
});

/** Several of the same simple value, as `list` counts them. */
export const values = <T>(item: Field<T>, count: 'byte' | 'rest'): Field<T[]> => ({
  form: { kind: 'values', count, item: item.form },
  read(reader) {
    const items: T[] = [];
    if (count === 'byte')
      for (let left = reader.byte(); left > 0 && !reader.problem; left--) items.push(item.read(reader, {}));
    else while (reader.left > 0) items.push(item.read(reader, {}));
    return items;
  },
  write(writer, items) {
    if (!Array.isArray(items)) writer.refuse(items, 'a list');
    if (count === 'byte') writer.byte(items.length);
    for (const one of items) item.write(writer, one, {});
  },
});
