import { expect, test } from 'vitest';
import { everything, keyOnly, machine } from '../../test/tables.ts';
import { rowChecker } from '../source/check-row.ts';
import type { Column } from '../source/table.ts';
import { mssql } from './mssql.ts';

test.each<[Column, string]>([
  [{ kind: 'integer' }, 'bigint'],
  [{ kind: 'real' }, 'float'],
  [{ kind: 'decimal', precision: 12, scale: 2 }, 'decimal(12, 2)'],
  [{ kind: 'boolean' }, 'bit'],
  [{ kind: 'text' }, 'nvarchar(max)'],
  [{ kind: 'text', maxLength: 40 }, 'nvarchar(40)'],
  [{ kind: 'instant' }, 'datetimeoffset(3)'],
  [{ kind: 'date' }, 'date'],
  [{ kind: 'json' }, 'nvarchar(max)'],
  [{ kind: 'bytes' }, 'varbinary(max)'],
])('%o becomes %s', (column, type) => {
  expect(mssql.columnType(column, false)).toBe(type);
});

test('a text in a key is compared by code point, whatever the database is set to', () => {
  expect(mssql.columnType({ kind: 'text', maxLength: 40 }, true)).toBe(
    'nvarchar(40) COLLATE Latin1_General_100_BIN2',
  );
});

test('a table is made with its key', () => {
  expect(mssql.createTable('dbo', machine).sql).toBe(
    'CREATE TABLE [dbo].[machine] ([serial] nvarchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL, ' +
      '[credits] bigint NULL, [note] nvarchar(max) NULL, PRIMARY KEY ([serial]));',
  );
  expect(mssql.addColumns('dbo', machine, ['credits', 'note']).sql).toBe(
    'ALTER TABLE [dbo].[machine] ADD [credits] bigint NULL, [note] nvarchar(max) NULL;',
  );
});

test('a batch is one MERGE over one JSON parameter', () => {
  const { sql, parameters } = mssql.upsert('dbo', machine, [
    { serial: "O'Neill", credits: 2n ** 62n, note: null },
    { serial: 'B', credits: 7, note: 'x"y' },
  ]);
  expect(sql).toBe(
    'MERGE INTO [dbo].[machine] WITH (HOLDLOCK) AS target ' +
      "USING (SELECT * FROM OPENJSON(@p1) WITH ([serial] nvarchar(40) '$[0]', [credits] bigint '$[1]', [note] nvarchar(max) '$[2]')) AS source " +
      'ON target.[serial] = source.[serial] COLLATE Latin1_General_100_BIN2 ' +
      'WHEN MATCHED THEN UPDATE SET target.[credits] = source.[credits], target.[note] = source.[note] ' +
      'WHEN NOT MATCHED BY TARGET THEN INSERT ([serial], [credits], [note]) ' +
      'VALUES (source.[serial], source.[credits], source.[note]);',
  );
  expect(parameters).toEqual(['[["O\'Neill","4611686018427387904",null],["B","7","x\\"y"]]']);
});

test('a table of nothing but its key has nothing to update', () => {
  expect(mssql.upsert('dbo', keyOnly, [{ id: 1 }]).sql).not.toContain('WHEN MATCHED');
});

test('every kind of value is written as OPENJSON converts it to its column', () => {
  const row = rowChecker(everything)(
    {
      id: 'a',
      day: '2026-02-28',
      whole: 2n ** 63n - 1n,
      real: 1e-7,
      exact: '-12.50',
      flag: true,
      words: 'Зал\u0000',
      at: Date.UTC(2026, 10, 26, 3, 4, 5, 678),
      data: { list: [1, null] },
      raw: Uint8Array.of(0, 255),
    },
    1,
  );
  expect(JSON.parse(String(mssql.upsert('dbo', everything, [row]).parameters[0]))).toEqual([
    [
      'a',
      '2026-02-28',
      '9223372036854775807',
      1e-7,
      '-12.50',
      true,
      'Зал\uFFFD',
      null,
      '2026-11-26T03:04:05.678Z',
      '{"list":[1,null]}',
      'AP8=',
    ],
  ]);
});

test('a column that is there fits if it holds at least as much', () => {
  const found = (type: string, length: number | null) => ({ table: 't', name: 'c', type, length });
  const text = { kind: 'text', maxLength: 40 } as const;
  expect(mssql.fits(text, found('nvarchar', 40))).toBe(true);
  expect(mssql.fits(text, found('nvarchar', -1))).toBe(true);
  expect(mssql.fits(text, found('nvarchar', 39))).toBe(false);
  // Of one byte a character: it would lose every Russian name.
  expect(mssql.fits(text, found('varchar', 80))).toBe(false);
  expect(mssql.fits({ kind: 'text' }, found('nvarchar', 4000))).toBe(false);
  expect(mssql.fits({ kind: 'bytes' }, found('varbinary', 16))).toBe(false);
  expect(mssql.fits({ kind: 'integer' }, found('int', null))).toBe(false);
  expect(mssql.fits({ kind: 'decimal', precision: 9, scale: 2 }, found('decimal', null))).toBe(true);
});

test('the cursor is held from the moment it is read, and never made twice', () => {
  const cursor = { source: 'hall-1', stream: 's' };
  expect(mssql.lockCursor('dbo', cursor)).toEqual({
    sql: 'SELECT [position] FROM [dbo].[vakhta_mirror_cursor] WITH (UPDLOCK, ROWLOCK) WHERE [source] = @p1 AND [stream] = @p2;',
    parameters: ['hall-1', 's'],
  });
  expect(mssql.addCursor('dbo', cursor, '2026-01-01T00:00:00.000Z').sql).toContain('WHERE NOT EXISTS');
  expect(mssql.moveCursor('dbo', cursor, 12, '2026-01-01T00:00:00.000Z').parameters).toEqual([
    'hall-1',
    's',
    12,
    '2026-01-01T00:00:00.000Z',
  ]);
});
