import { UsageError } from '@vakhta/kernel';
import * as z from 'zod';
import type { Column, Table } from './table.ts';

/** PostgreSQL cuts names at 63 bytes; the rest is room for what is made of them ("<table>_pkey"). */
const NAME = /^[a-z][a-z0-9_]{0,57}$/;
const NAME_RULE = 'lower case letters, digits and underscores, at most 58';

/** SQL Server's limit for the key of a clustered index (docs: "Maximum capacity specifications"). */
const MAX_KEY_BYTES = 900;

const nullable = z.boolean().optional();
const ColumnForm = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.enum(['integer', 'real', 'boolean', 'instant', 'date', 'json', 'bytes']),
    nullable,
  }),
  z.strictObject({ kind: z.literal('text'), maxLength: z.int().min(1).max(4000).optional(), nullable }),
  z
    .strictObject({
      kind: z.literal('decimal'),
      precision: z.int().min(1).max(38),
      scale: z.int().min(0),
      nullable,
    })
    .refine(({ precision, scale }) => scale <= precision, 'scale is larger than precision'),
]);

const TableForm = z
  .strictObject({
    name: z.string().regex(NAME, NAME_RULE),
    key: z.array(z.string()).min(1).readonly(),
    columns: z.record(z.string(), ColumnForm),
  })
  .superRefine(({ key, columns }, context) => {
    const problem = (name: string, message: string) =>
      context.addIssue({ code: 'custom', path: ['key'], message: `${name}: ${message}` });
    for (const name of Object.keys(columns))
      if (!NAME.test(name)) context.addIssue({ code: 'custom', path: ['columns', name], message: NAME_RULE });
    for (const [index, name] of key.entries()) {
      const column = columns[name];
      if (!column) problem(name, 'no such column');
      else if (key.indexOf(name) !== index) problem(name, 'named twice');
      else if (column.nullable) problem(name, 'a column of the key cannot be nullable');
      else if (keyBytes(column) === undefined)
        problem(name, 'the key takes integer, instant, date, boolean, and text with a maxLength');
    }
    const bytes = key.reduce((sum, name) => sum + ((columns[name] && keyBytes(columns[name])) ?? 0), 0);
    if (bytes > MAX_KEY_BYTES) problem(key.join(', '), `${bytes} bytes, SQL Server takes ${MAX_KEY_BYTES}`);
  });

/** What a column takes of an index's key in SQL Server; undefined for kinds that cannot be in one. */
function keyBytes(column: Column): number | undefined {
  switch (column.kind) {
    case 'text':
      return column.maxLength === undefined ? undefined : column.maxLength * 2;
    case 'integer':
    case 'instant':
      return 8 + 2;
    case 'date':
      return 3;
    case 'boolean':
      return 1;
    // '1.0' and '1.00' would be two texts and one number.
    case 'decimal':
    case 'real':
    case 'json':
    case 'bytes':
      return undefined;
  }
}

/** Throws `UsageError` 'mirror.bad_table' with the table, the field and the rule. */
export function checkTables(tables: readonly Table[]): void {
  for (const table of tables) {
    const parsed = TableForm.safeParse(table);
    if (!parsed.success)
      throw new UsageError('mirror.bad_table', `table ${table.name}: ${z.prettifyError(parsed.error)}`);
  }
  const names = tables.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new UsageError('mirror.bad_table', `table ${twice} is declared twice`);
}
