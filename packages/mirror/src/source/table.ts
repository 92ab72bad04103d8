import type { Instant, Json } from '@vakhta/kernel';

/**
 * What a column holds, and how its value is written in a row:
 * - `integer`: a whole number of 64 bits, as number (safe range) or bigint; money in minor units is one
 * - `real`: a finite number
 * - `decimal`: a text such as '-12.50', never rounded
 * - `boolean`, `text`
 * - `instant`: milliseconds since the Unix epoch, UTC
 * - `date`: 'YYYY-MM-DD'
 * - `json`: whatever JSON carries
 * - `bytes`: a Uint8Array
 */
export type Column = (
  | { readonly kind: 'integer' | 'real' | 'boolean' | 'instant' | 'date' | 'json' | 'bytes' }
  | {
      readonly kind: 'text';
      /** In UTF-16 code units, 1 to 4000; without it, any length. */
      readonly maxLength?: number;
    }
  | {
      readonly kind: 'decimal';
      /** Digits in all, 1 to 38. */
      readonly precision: number;
      /** Digits after the point. */
      readonly scale: number;
    }
) & {
  /** Whether a row may leave it out or give null. Not for columns of the key. */
  readonly nullable?: boolean;
};

export type ColumnKind = Column['kind'];

/** A table, told once: from it come the target's DDL, the upsert and the check of each row. */
export interface Table {
  /** Lower case letters, digits and underscores, at most 58; so are the names of the columns. */
  readonly name: string;
  /** The columns that name a row; a row with a known key replaces the one there. */
  readonly key: readonly string[];
  readonly columns: Readonly<Record<string, Column>>;
}

/** The value of a column in a row. */
export type CellValue = Json | bigint | Uint8Array;

/** A row by column; a nullable column may be left out. */
export type Row = Readonly<Record<string, CellValue | undefined>>;

interface ValueOfKind {
  integer: number | bigint;
  real: number;
  decimal: string;
  boolean: boolean;
  text: string;
  instant: Instant;
  date: string;
  json: Json;
  bytes: Uint8Array;
}

type Columns<T extends Table> = T['columns'];
type NullableName<T extends Table> = {
  [Name in keyof Columns<T>]: Columns<T>[Name] extends { readonly nullable: true } ? Name : never;
}[keyof Columns<T>];

/** The type of a row of a table declared `as const`. */
export type RowOf<T extends Table> = {
  readonly [Name in Exclude<keyof Columns<T>, NullableName<T>>]: ValueOfKind[Columns<T>[Name]['kind']];
} & {
  readonly [Name in NullableName<T>]?: ValueOfKind[Columns<T>[Name]['kind']] | null;
};
