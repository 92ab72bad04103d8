import { createServer, type Socket } from 'node:net';
import { seededRandom, systemClock } from '@vakhta/kernel';
import { Mirror, type MirrorState, type Row, type Source, targetOf } from '@vakhta/mirror';
import { createPostgresDatabase, type PostgresDatabase } from '@vakhta/testkit/postgres-database';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { MemorySource } from './memory-source.ts';
import { runMirror } from './run-mirror.ts';
import { everything, keyOnly, machine, reading } from './tables.ts';

let database: PostgresDatabase;
let schemas = 0;
beforeAll(async () => {
  database = await createPostgresDatabase(inject('testCluster').url);
});
afterAll(() => database?.drop());

const fresh = () => {
  const schema = `s${++schemas}`;
  return { schema, target: targetOf(database.url, { schema }) };
};
const level = { level: true } as const;

const storedForm = `select id, day::text, whole::text, real, exact::text, flag, words, short,
  to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, data, encode(raw, 'hex') as raw`;

test('every kind of value arrives as it was', async () => {
  const { schema, target } = fresh();
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
  source.write('everything', { id: 'none', day: '0001-01-01' });
  source.write('everything', {
    id: 'least',
    day: '9999-12-31',
    whole: -(2n ** 63n),
    at: -62_135_596_800_000,
  });
  source.write('key_only', { id: 1 });
  source.write('key_only', { id: 1 });
  expect(await runMirror(source, target)).toEqual(level);
  const empty = { whole: null, real: null, exact: null, flag: null, words: null, short: null };
  const rows = await database.query(`${storedForm} from ${schema}.everything order by id`);
  expect(rows).toEqual([
    {
      id: 'all',
      day: '2026-02-28',
      whole: '9223372036854775807',
      real: 0.1 + 0.2,
      exact: '-1234567890.05',
      flag: false,
      words: 'Зал "1"\\{,}\n\'; drop table x;--',
      short: 'abcde',
      at: '2026-11-26T03:04:05.678Z',
      data: { list: [1, 'two', null, { deep: true }] },
      raw: '00015cff',
    },
    {
      ...empty,
      id: 'least',
      day: '9999-12-31',
      whole: '-9223372036854775808',
      at: '0001-01-01T00:00:00.000Z',
      data: null,
      raw: null,
    },
    { ...empty, id: 'none', day: '0001-01-01', at: null, data: null, raw: null },
  ]);
  expect(await database.query(`select id::int from ${schema}.key_only`)).toEqual([{ id: 1 }]);
});

test('any text and any JSON arrives, with U+FFFD for what a database cannot hold', async () => {
  const { schema, target } = fresh();
  const text = fc.string({ unit: 'binary', maxLength: 40 });
  const rows = fc.array(fc.record({ words: text, data: fc.jsonValue({ maxDepth: 3 }) }), { maxLength: 40 });
  const storable = (value: string) => value.toWellFormed().replaceAll('\0', '\uFFFD');
  let batch = 0;
  await fc.assert(
    fc.asyncProperty(rows, async (values) => {
      const source = new MemorySource([everything], systemClock, `source-${++batch}`);
      const given = values.map(({ words, data }, i) => ({
        id: `${batch}-${i}`,
        day: '2026-01-01',
        words,
        // Keys that become the same text would be one key, and -0 is 0 in JSON.
        data: JSON.parse(storable(JSON.stringify(data).replaceAll('\\u0000', ''))) as Row['data'],
      }));
      for (const row of given) source.write('everything', row);
      expect(await runMirror(source, target)).toEqual(level);
      const found = await database.query(
        `select id, words, data from ${schema}.everything where id like $1 order by split_part(id, '-', 2)::int`,
        [`${batch}-%`],
      );
      expect(found).toEqual(given.map(({ id, words, data }) => ({ id, words: storable(words), data })));
    }),
    { numRuns: 25, seed: 7 },
  );
}, 60_000);

test('a row written anew replaces the one there, within a batch and between batches', async () => {
  const { schema, target } = fresh();
  const source = new MemorySource([machine], systemClock);
  source.write('machine', { serial: 'A', credits: 1, note: 'first' });
  source.write('machine', { serial: 'a', credits: 5 });
  expect(await runMirror(source, target)).toEqual(level);
  source.write('machine', { serial: 'A', credits: 2 });
  source.write('machine', { serial: 'A', credits: 3 });
  expect(await runMirror(source, target)).toEqual(level);
  expect(
    await database.query(`select serial, credits::int, note from ${schema}.machine order by serial`),
  ).toEqual([
    { serial: 'A', credits: 3, note: null },
    { serial: 'a', credits: 5, note: null },
  ]);
  expect(source.told.at(-1)).toBe(source.last());
});

test('of one key written twice within what one read gives, the later stands', async () => {
  const { schema, target } = fresh();
  const source = new MemorySource([machine], systemClock);
  // A source that keeps its history gives both.
  const both: Source = {
    name: source.name,
    stream: source.stream,
    tables: source.tables,
    read: (after) =>
      [1, 2]
        .map((n) => ({ position: n, table: 'machine', at: 0, values: { serial: 'A', credits: n * 10 } }))
        .filter(({ position }) => position > after),
    last: () => 2,
    pending: (after) => source.pending(after),
    prunedThrough: () => 0,
    mirroredThrough: () => null,
    mirrored: () => {},
  };
  expect(await runMirror(both, target)).toEqual(level);
  expect(await database.query(`select credits::int from ${schema}.machine`)).toEqual([{ credits: 20 }]);
});

test('columns declared later are added, and the rows from before have null in them', async () => {
  const { schema, target } = fresh();
  const { note: _, ...columns } = machine.columns;
  const before = new MemorySource([{ ...machine, columns }], systemClock);
  before.write('machine', { serial: 'A', credits: 1 });
  expect(await runMirror(before, target)).toEqual(level);
  const after = new MemorySource([machine], systemClock, 'hall-2');
  after.write('machine', { serial: 'B', credits: 2, note: 'new' });
  expect(await runMirror(after, target)).toEqual(level);
  expect(await database.query(`select serial, note from ${schema}.machine order by serial`)).toEqual([
    { serial: 'A', note: null },
    { serial: 'B', note: 'new' },
  ]);
});

test('a column of another type is left alone, and named with what is needed', async () => {
  const { schema, target } = fresh();
  await database.query(`create schema ${schema}`);
  await database.query(`create table ${schema}.machine (serial text primary key, credits int4, note text)`);
  const source = new MemorySource([machine], systemClock);
  const outcome = await runMirror(source, target);
  expect(outcome).toMatchObject({ level: false, error: { code: 'mirror.column_differs' } });
  expect(outcome).toHaveProperty(
    'error.message',
    `${schema}.machine: column credits is int4, and int8 is needed`,
  );
  expect(
    await database.query(`select 1 from information_schema.tables where table_schema = $1`, [schema]),
  ).toHaveLength(1);
});

test('once the tables are there, an account that may only read and write rows is enough; what it lacks is said', async () => {
  const [ready, empty] = [fresh().schema, fresh().schema];
  const role = `mirror_writer_${ready}_${process.pid}`;
  await database.query(`create role ${role} login password 'secret'`);
  try {
    const url = new URL(database.url);
    url.username = role;
    url.password = 'secret';
    const writer = (schema: string) => targetOf(url.href, { schema });
    const source = new MemorySource([machine], systemClock);
    source.write('machine', { serial: 'A', credits: 1 });
    expect(await runMirror(source, writer(ready))).toMatchObject({ error: { code: 'mirror.not_permitted' } });

    expect(await runMirror(source, targetOf(database.url, { schema: ready }))).toEqual(level);
    await database.query(`grant usage on schema ${ready} to ${role}`);
    await database.query(`grant select, insert, update on all tables in schema ${ready} to ${role}`);
    source.write('machine', { serial: 'B', credits: 2 });
    expect(await runMirror(source, writer(ready))).toEqual(level);

    // A schema that somebody else made, and the right to fill it.
    await database.query(`create schema ${empty}`);
    await database.query(`grant usage, create on schema ${empty} to ${role}`);
    expect(await runMirror(source, writer(empty))).toEqual(level);

    url.username = 'no_such_role';
    expect(await runMirror(source, writer(ready))).toMatchObject({ error: { code: 'mirror.refused' } });
  } finally {
    await database.query(`drop schema if exists ${ready}, ${empty} cascade`);
    await database.query(`drop role ${role}`);
  }
});

test('a database that is not there, and a host that does not answer, are said without the password', async () => {
  const source = new MemorySource([machine], systemClock);
  const url = new URL(database.url);
  url.pathname = '/no_such_database';
  expect(await runMirror(source, targetOf(url.href))).toMatchObject({ error: { code: 'mirror.refused' } });

  const sockets: Socket[] = [];
  const mute = createServer((socket) => sockets.push(socket.on('error', () => {}))).listen(0, '127.0.0.1');
  try {
    await vi.waitFor(() => expect(mute.address()).not.toBeNull());
    const { port } = mute.address() as { port: number };
    const outcome = await runMirror(source, targetOf(`postgres://u:topsecret@127.0.0.1:${port}/d`), {
      answerWithin: 100,
    });
    expect(outcome).toMatchObject({ error: { code: 'mirror.timeout' } });
    expect(JSON.stringify(outcome)).not.toContain('topsecret');
    expect(outcome).toHaveProperty(
      'error.message',
      expect.stringContaining(`postgres://127.0.0.1:${port}/d`),
    );
  } finally {
    mute.close();
    for (const socket of sockets) socket.destroy();
  }
});

test('a new life of the source is copied from its first row, over the rows of the old one', async () => {
  const { schema, target } = fresh();
  const source = new MemorySource([machine], systemClock);
  for (let n = 1; n <= 5; n++) source.write('machine', { serial: `M${n}`, credits: n });
  expect(await runMirror(source, target)).toEqual(level);
  source.beginStream('life-2');
  source.write('machine', { serial: 'M1', credits: 100 });
  expect(await runMirror(source, target)).toEqual(level);
  expect(await database.query(`select sum(credits)::int as sum from ${schema}.machine`)).toEqual([
    { sum: 114 },
  ]);
});

test('who copies holds the cursor, and another reads it only after: it goes on where the first ended', async () => {
  const { schema, target } = fresh();
  const source = new MemorySource([machine], systemClock);
  source.write('machine', { serial: 'A', credits: 1 });
  expect(await runMirror(source, target)).toEqual(level);
  source.write('machine', { serial: 'B', credits: 2 });
  const first = await target.open();
  await first.begin();
  await first.run(target.dialect.lockCursor(schema, { source: source.name, stream: source.stream }));
  const second = runMirror(source, target);
  await vi.waitFor(
    async () =>
      expect(
        await database.query(
          `select query from pg_stat_activity where wait_event_type = 'Lock' and application_name = 'vakhta-mirror' and datname = current_database()`,
        ),
      ).toEqual([{ query: expect.stringMatching(/^SELECT position/) }]),
    { timeout: 10_000 },
  );
  // The first copied B itself, under another name, so that a second copy of it would show.
  await first.run(target.dialect.upsert(schema, machine, [{ serial: 'B', credits: 20, note: null }]));
  await first.run(
    target.dialect.moveCursor(
      schema,
      { source: source.name, stream: source.stream },
      2,
      '2026-01-01T00:00:00.000Z',
    ),
  );
  await first.commit();
  first.close();
  expect(await second).toEqual(level);
  expect(await database.query(`select credits::int from ${schema}.machine where serial = 'B'`)).toEqual([
    { credits: 20 },
  ]);
});

test('two mirrors of one source, with connections cut under them, leave every row once', async () => {
  const { schema, target } = fresh();
  const source = new MemorySource([reading, machine], systemClock);
  const states: MirrorState['state'][] = [];
  const options = {
    batch: { rows: 7, bytes: 1_000_000 },
    poll: 5,
    backOff: { first: 5, limit: 20 },
    onState: ({ state }: MirrorState) => states.push(state),
  };
  const mirrors = [1, 2].map(
    (seed) => new Mirror({ source, target, clock: systemClock, random: seededRandom(seed) }, options),
  );
  for (const mirror of mirrors) mirror.start();
  for (let n = 1; n <= 600; n++) {
    source.write('reading', { id: n, at: n, value: n });
    source.write('machine', { serial: `M${n % 4}`, credits: n });
    if (n % 20 === 0) await database.query('select 1');
    if (n % 150 === 0)
      await database.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'vakhta-mirror' and datname = current_database()`,
      );
  }
  await vi.waitFor(
    async () => {
      for (const mirror of mirrors)
        expect(await mirror.status()).toMatchObject({ state: 'level', lag: { rows: 0, age: 0 } });
    },
    { timeout: 20_000 },
  );
  await Promise.all(mirrors.map((mirror) => mirror.stop()));
  expect(states).toContain('waiting');
  expect(
    await database.query(`select count(*)::int as rows, sum(value)::int as sum from ${schema}.reading`),
  ).toEqual([{ rows: 600, sum: (600 * 601) / 2 }]);
  expect(await database.query(`select serial, credits::int from ${schema}.machine order by serial`)).toEqual(
    [600, 597, 598, 599].map((credits) => ({ serial: `M${credits % 4}`, credits })),
  );
});
