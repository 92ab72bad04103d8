import { expect, test } from 'vitest';
import { machine, reading } from '../../test/tables.ts';
import { mssql } from '../dialects/mssql.ts';
import { postgres } from '../dialects/postgres.ts';
import { planTables } from './plan-tables.ts';

const found = (table: string, columns: Record<string, string>) =>
  Object.entries(columns).map(([name, type]) => ({ table, name, type, length: null }));

test('what is missing is made, what is there is left alone', () => {
  const there = found('machine', { serial: 'text', credits: 'int8', extra: 'point' });
  expect(planTables(postgres, 'public', [machine, reading], there).map(({ sql }) => sql)).toEqual([
    'ALTER TABLE "public"."machine" ADD COLUMN "note" text',
    'CREATE TABLE "public"."reading" ("id" int8, "at" timestamptz, "value" int8, PRIMARY KEY ("id"))',
  ]);
  const all = found('machine', { serial: 'text', credits: 'int8', note: 'text' });
  expect(planTables(postgres, 'public', [machine], all)).toEqual([]);
});

test('a column of the key cannot be added to a table that is there', () => {
  expect(() => planTables(postgres, 'public', [machine], found('machine', { credits: 'int8' }))).toThrow(
    expect.objectContaining({
      code: 'mirror.column_differs',
      message: expect.stringContaining('column serial is missing'),
    }),
  );
});

test('a text too short for what is declared is named with its length', () => {
  const there = [
    { table: 'machine', name: 'serial', type: 'nvarchar', length: 20 },
    ...found('machine', { credits: 'bigint', note: 'nvarchar' }),
  ];
  expect(() => planTables(mssql, 'dbo', [machine], there)).toThrow(
    'dbo.machine: column serial is nvarchar(20), and nvarchar(40) COLLATE Latin1_General_100_BIN2 is needed',
  );
});
