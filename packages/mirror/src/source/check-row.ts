import { type Json, UsageError } from '@vakhta/kernel';
import * as z from 'zod';
import type { Position } from './source.ts';
import type { CellValue, Column, Row, Table } from './table.ts';

/** The range of SQL's bigint. */
const MIN_INT64 = -(2n ** 63n);
const MAX_INT64 = 2n ** 63n - 1n;
/** Both targets hold the years 1 to 9999. */
const FIRST_INSTANT = -62_135_596_800_000;
const LAST_INSTANT = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/**
 * Text as both targets can hold it: PostgreSQL has no U+0000, and neither has lone surrogates. What a machine sent and no
 * database can keep becomes U+FFFD, as UTF-8 decoders do.
 */
const storable = (text: string): string => text.toWellFormed().replaceAll('\0', '\uFFFD');

function storableJson(value: Json): Json {
  if (typeof value === 'string') return storable(value);
  if (Array.isArray(value)) return value.map(storableJson);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [storable(key), storableJson(item)]));
}

function cell(column: Column, isKey: boolean): z.ZodType<CellValue> {
  switch (column.kind) {
    case 'integer':
      return z.union([z.int(), z.bigint().min(MIN_INT64).max(MAX_INT64)]);
    case 'real':
      return z.number();
    case 'decimal': {
      const whole = column.precision - column.scale;
      const pattern = `^-?(?:0|[1-9]\\d{0,${Math.max(0, whole - 1)}})${column.scale > 0 ? `(?:\\.\\d{1,${column.scale}})?` : ''}$`;
      return z
        .string()
        .regex(
          new RegExp(pattern),
          `not a decimal of ${column.precision} digits, ${column.scale} of them after the point`,
        );
    }
    case 'boolean':
      return z.boolean();
    case 'text': {
      const text = z.string().max(column.maxLength ?? Number.MAX_SAFE_INTEGER);
      // SQL Server compares 'a' and 'a ' as equal; in a key they would be one row there and two elsewhere.
      return isKey
        ? text.refine((value) => !value.endsWith(' '), 'a key cannot end with a space').transform(storable)
        : text.transform(storable);
    }
    case 'instant':
      return z.int().min(FIRST_INSTANT).max(LAST_INSTANT);
    case 'date':
      return z.iso.date();
    case 'json':
      return z.json().transform((value) => storableJson(value as Json));
    case 'bytes':
      return z.instanceof(Uint8Array);
  }
}

/** Makes the check of a table's rows; what it returns has every column, `null` where nothing was given. */
export function rowChecker(table: Table): (values: Row, position: Position) => Record<string, CellValue> {
  const schema = z.strictObject(
    Object.fromEntries(
      Object.entries(table.columns).map(([name, column]) => {
        const value = cell(column, table.key.includes(name));
        return [name, column.nullable ? value.nullish().transform((given) => given ?? null) : value];
      }),
    ),
  );
  return (values, position) => {
    const parsed = schema.safeParse(values);
    if (parsed.success) return parsed.data as Record<string, CellValue>;
    throw new UsageError('mirror.bad_row', `table ${table.name}: ${z.prettifyError(parsed.error)}`, {
      context: { table: table.name, position },
    });
  };
}
