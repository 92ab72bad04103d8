import { type Field, type Fields, sizeOf } from './field.ts';
import type { Reader } from './reader.ts';
import type { Writer } from './writer.ts';

/** Fields by name, in the order of the wire. */
export type Block = Readonly<Record<string, Field<unknown>>>;

type Shape<B> = B extends Block
  ? {
      [K in keyof B as undefined extends FieldValue<B[K]> ? never : K]: FieldValue<B[K]>;
    } & {
      [K in keyof B as undefined extends FieldValue<B[K]> ? K : never]?: Exclude<FieldValue<B[K]>, undefined>;
    }
  : never;
type FieldValue<F> = F extends Field<infer T> ? T : never;
type Flat<T> = { [K in keyof T]: T[K] };
type Later<B extends readonly unknown[]> = B extends readonly [infer Head, ...infer Tail]
  ? Partial<Shape<Head>> & Later<Tail>
  : unknown;

/** What the blocks of a layout decode to: the first is always there, the others as far as the message goes. */
export type Decoded<B extends readonly unknown[]> = B extends readonly [infer Head, ...infer Tail]
  ? Flat<Shape<Head> & Later<Tail>>
  : never;

/** The data of a message: blocks of fields; the message may end after any block. */
export interface Layout<T extends object> {
  readonly blocks: readonly (readonly (readonly [name: string, field: Field<unknown>])[])[];
  /** Bytes of the whole, or undefined when they vary. */
  readonly size: number | undefined;
  /** Reads the fields into `record`, which may hold the envelope of the message already. */
  read(reader: Reader, record?: Record<string, unknown>): T;
  write(writer: Writer, value: T): void;
}

export type LayoutValue<L> = L extends Layout<infer T> ? T : never;

/** A layout of `blocks`. Reading goes on with the next block as long as bytes are left. */
export function layout<const B extends readonly Block[]>(...blocks: B): Layout<Decoded<B>> {
  const lists = blocks.map((block) => Object.entries(block) as [string, Field<unknown>][]);
  const read = (reader: Reader, record: Record<string, unknown> = {}): Record<string, unknown> => {
    for (let i = 0; i < lists.length; i++) {
      if (i > 0 && reader.left === 0) break;
      for (const [name, field] of lists[i]!) {
        const value = field.read(reader, record);
        if (value !== undefined) record[name] = value;
      }
    }
    return record;
  };
  const write = (writer: Writer, value: Fields): void => {
    let ended = false;
    for (const [index, list] of lists.entries()) {
      const present =
        index === 0 || list.some(([name, field]) => isWritten(field) && value[name] !== undefined);
      if (present && ended) {
        writer.field = list[0]![0];
        writer.refuse(undefined, 'preceded by all fields before it');
      }
      ended ||= !present;
      if (present) writeBlock(writer, list, value);
    }
  };
  return { blocks: lists, size: fixedSize(lists), read, write } as unknown as Layout<Decoded<B>>;
}

const isWritten = (field: Field<unknown>): boolean => field.form.kind !== 'derived';

function writeBlock(
  writer: Writer,
  list: readonly (readonly [string, Field<unknown>])[],
  value: Fields,
): void {
  for (const [name, field] of list) {
    writer.field = name;
    const given = value[name];
    if (given === undefined && isWritten(field) && field.form.kind !== 'conditional')
      writer.refuse(undefined, 'given');
    field.write(writer, given, value);
  }
}

function fixedSize(lists: readonly (readonly (readonly [string, Field<unknown>])[])[]): number | undefined {
  if (lists.length > 1) return undefined;
  let size = 0;
  for (const [, field] of lists[0] ?? []) {
    const bytes = sizeOf(field.form);
    if (bytes === undefined) return undefined;
    size += bytes;
  }
  return size;
}
