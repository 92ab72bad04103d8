import { randomBytes } from 'node:crypto';
import { systemClock } from '@vakhta/kernel';
import { type Session, targetOf } from '@vakhta/mirror';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dyingAt } from './dying-target.ts';
import { MemorySource } from './memory-source.ts';
import { runMirror } from './run-mirror.ts';
import { everything, keyOnly, machine, reading } from './tables.ts';

const url = process.env.MSSQL_URL;

/** Opt-in: `MSSQL_URL=mssql://user:password@host:1433/database`, of an account that may make schemas and tables there. */
describe.skipIf(!url)('a real SQL Server, by MSSQL_URL', () => {
  const schema = `mirror_test_${randomBytes(6).toString('hex')}`;
  const target = () => targetOf(url!, { schema });
  const level = { level: true } as const;
  let session: Session;
  const query = (sql: string) => session.run({ sql, parameters: [] });
  const clear = async () => {
    for (const { name } of await query(
      `SELECT TABLE_NAME AS name FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = N'${schema}';`,
    ))
      await query(`DROP TABLE [${schema}].[${name}];`);
  };

  beforeAll(async () => {
    session = await targetOf(url!).open();
  });
  afterAll(async () => {
    if (!session) return;
    await clear();
    await query(`IF SCHEMA_ID(N'${schema}') IS NOT NULL EXEC(N'DROP SCHEMA [${schema}]');`);
    session.close();
  });

  test('every kind of value arrives as it was', async () => {
    const source = new MemorySource([everything, keyOnly], systemClock);
    source.write('everything', {
      id: 'all',
      day: '2026-02-28',
      whole: 2n ** 63n - 1n,
      real: 0.1 + 0.2,
      exact: '-1234567890.05',
      flag: false,
      words: 'Зал "1"\\{,}\n\'; drop table x;--',
      short: 'abcde',
      at: Date.UTC(2026, 10, 26, 3, 4, 5, 678),
      data: { list: [1, 'two', null, { deep: true }] },
      raw: Uint8Array.of(0, 1, 0x5c, 255),
    });
    source.write('everything', { id: 'ALL', day: '0001-01-01', at: -62_135_596_800_000 });
    source.write('key_only', { id: 1 });
    expect(await runMirror(source, target())).toEqual(level);
    expect(
      await query(
        `SELECT [id], CONVERT(nvarchar(10), [day], 23) AS [day], CONVERT(nvarchar(20), [whole]) AS [whole], [real], CONVERT(nvarchar(20), [exact]) AS [exact], ` +
          `[flag], [words], [short], CONVERT(nvarchar(30), [at], 126) AS [at], [data], CONVERT(nvarchar(20), [raw], 2) AS [raw] FROM [${schema}].[everything] ORDER BY [day];`,
      ),
    ).toEqual([
      {
        ...{ id: 'ALL', day: '0001-01-01', whole: null, real: null, exact: null, flag: null, words: null },
        ...{ short: null, at: '0001-01-01T00:00:00+00:00', data: null, raw: null },
      },
      {
        id: 'all',
        day: '2026-02-28',
        whole: '9223372036854775807',
        real: 0.1 + 0.2,
        exact: '-1234567890.05',
        flag: false,
        words: 'Зал "1"\\{,}\n\'; drop table x;--',
        short: 'abcde',
        at: '2026-11-26T03:04:05.678+00:00',
        data: '{"list":[1,"two",null,{"deep":true}]}',
        raw: '00015CFF',
      },
    ]);
  });

  test.each(['before', 'after'] as const)(
    'a process that dies %s any one call leaves rows and cursor agreeing, and the next goes on without loss',
    async (when) => {
      for (let at = 1; ; at++) {
        await clear();
        const source = new MemorySource([machine, reading], systemClock);
        for (let n = 1; n <= 20; n++) {
          source.write('reading', { id: n, at: n, value: n });
          source.write('machine', { serial: `M${n % 2}`, credits: n });
        }
        const options = { batch: { rows: 8, bytes: 1_000_000 } };
        const outcome = await runMirror(source, dyingAt(target(), at, when), options);
        if (outcome.level) break;
        expect(outcome.error.code).toBe('test.died');
        expect(await runMirror(source, target(), options)).toEqual(level);
        expect(
          await query(
            `SELECT (SELECT COUNT(*) FROM [${schema}].[reading]) AS [rows], (SELECT CONVERT(int, SUM([value])) FROM [${schema}].[reading]) AS [sum], ` +
              `(SELECT CONVERT(int, SUM([credits])) FROM [${schema}].[machine]) AS [credits];`,
          ),
          `after death ${when} call ${at}`,
        ).toEqual([{ rows: 20, sum: 210, credits: 39 }]);
      }
    },
    240_000,
  );

  test('columns declared later are added, and a key that differs in case only is another row', async () => {
    await clear();
    const { note: _, ...columns } = machine.columns;
    const before = new MemorySource([{ ...machine, columns }], systemClock);
    before.write('machine', { serial: 'A', credits: 1 });
    expect(await runMirror(before, target())).toEqual(level);
    const after = new MemorySource([machine], systemClock, 'hall-2');
    after.write('machine', { serial: 'a', credits: 2, note: 'new' });
    expect(await runMirror(after, target())).toEqual(level);
    expect(await query(`SELECT [serial], [note] FROM [${schema}].[machine] ORDER BY [serial];`)).toEqual([
      { serial: 'A', note: null },
      { serial: 'a', note: 'new' },
    ]);
  });
});

test('a SQL Server that cannot be reached is said to be so, by the real driver', async () => {
  const source = new MemorySource([machine], systemClock);
  const outcome = await runMirror(source, targetOf('mssql://sa:topsecret@127.0.0.1:9/casino'));
  expect(outcome).toMatchObject({ level: false, error: { code: 'mirror.unreachable' } });
  expect(outcome).toHaveProperty('error.message', expect.stringContaining('mssql://127.0.0.1:9/casino'));
  expect(JSON.stringify(outcome)).not.toContain('topsecret');
});
