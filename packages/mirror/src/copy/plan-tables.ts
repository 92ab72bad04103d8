import { AppError } from '@vakhta/kernel';
import type { Dialect, FoundColumn, Statement } from '../dialects/dialect.ts';
import type { Table } from '../source/table.ts';

/**
 * What is to be done so that the target has all tables and columns: nothing where it has, so that an account without the
 * right to change tables will do from then on. What is there and does not fit is never changed: throws
 * 'mirror.column_differs'.
 */
export function planTables(
  dialect: Dialect,
  schema: string,
  tables: readonly Table[],
  found: readonly FoundColumn[],
): Statement[] {
  return tables.flatMap((table) => {
    const there = new Map(
      found.filter(({ table: name }) => name === table.name).map((one) => [one.name, one]),
    );
    if (there.size === 0) return [dialect.createTable(schema, table)];
    const missing = Object.keys(table.columns).filter((name) => !there.has(name));
    const missingKey = missing.find((name) => table.key.includes(name));
    if (missingKey !== undefined)
      throw differs(
        schema,
        table,
        missingKey,
        `is missing, and a column of the key cannot be added to a table with rows`,
      );
    for (const [name, column] of Object.entries(table.columns)) {
      const one = there.get(name);
      if (one && !dialect.fits(column, one)) {
        const length = one.length === null || one.length < 0 ? '' : `(${one.length})`;
        throw differs(
          schema,
          table,
          name,
          `is ${one.type}${length}, and ${dialect.columnType(column, table.key.includes(name))} is needed`,
        );
      }
    }
    return missing.length === 0 ? [] : [dialect.addColumns(schema, table, missing)];
  });
}

const differs = (schema: string, table: Table, column: string, problem: string): AppError =>
  new AppError('mirror.column_differs', `${schema}.${table.name}: column ${column} ${problem}`, {
    context: { schema, table: table.name, column },
    retry: 'after',
  });
