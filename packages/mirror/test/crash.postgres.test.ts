import { systemClock } from '@vakhta/kernel';
import { targetOf } from '@vakhta/mirror';
import { createPostgresDatabase, type PostgresDatabase } from '@vakhta/testkit/postgres-database';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { dyingAt } from './dying-target.ts';
import { MemorySource } from './memory-source.ts';
import { runMirror } from './run-mirror.ts';
import { machine, reading } from './tables.ts';

let database: PostgresDatabase;
beforeAll(async () => {
  database = await createPostgresDatabase(inject('testCluster').url);
});
afterAll(() => database?.drop());

/** Thirty readings with, between them, the same three machines written again and again. */
function filledSource(): MemorySource {
  const source = new MemorySource([machine, reading], systemClock);
  for (let n = 1; n <= 30; n++) {
    source.write('reading', { id: n, at: 1_767_225_600_000 + n, value: n * n });
    if (n % 3 === 0) source.write('machine', { serial: `M${n % 2}`, credits: n, note: null });
  }
  return source;
}

async function mirrored(schema: string) {
  const exists = await database.query('select 1 from pg_namespace where nspname = $1', [schema]);
  const tables = await database.query('select 1 from information_schema.tables where table_schema = $1', [
    schema,
  ]);
  if (exists.length === 0 || tables.length === 0) return { position: 0, machines: [], readings: [] };
  const [cursor] = await database.query(`select position from ${schema}.vakhta_mirror_cursor`);
  return {
    position: Number(cursor?.position ?? 0),
    machines: (
      await database.query(`select serial, credits::int, note from ${schema}.machine order by serial`)
    ).toSorted(),
    readings: await database.query(
      `select id::int, (extract(epoch from at) * 1000)::bigint::text as at, value::int from ${schema}.reading order by id`,
    ),
  };
}

const truth = (source: MemorySource, position: number) => ({
  position,
  machines: source
    .rowsOf('machine', position)
    .toSorted((a, b) => String(a.serial).localeCompare(String(b.serial))),
  readings: source.rowsOf('reading', position).map((row) => ({ ...row, at: String(row.at) })),
});

for (const when of ['before', 'after'] as const)
  test(`a process that dies ${when} any one call leaves rows and cursor agreeing, and the next goes on without loss`, async () => {
    let at = 1;
    for (; ; at++) {
      const schema = `died_${when}_${at}`;
      const source = filledSource();
      const healthy = targetOf(database.url, { schema });
      const dying = dyingAt(healthy, at, when);
      const options = { batch: { rows: 8, bytes: 1_000_000 } };
      const outcome = await runMirror(source, dying, options);
      if (outcome.level) {
        // It was level before it had made that many calls: every one of them has been tried.
        expect(dying.isDead).toBe(false);
        break;
      }
      expect(outcome.error.code).toBe('test.died');
      const half = await mirrored(schema);
      expect(half, `died ${when} call ${at}`).toEqual(truth(source, half.position));

      source.write('reading', { id: 31, at: 1_767_225_700_000, value: 1 });
      source.write('machine', { serial: 'M1', credits: 99, note: 'again' });
      expect(await runMirror(source, healthy, options)).toEqual({ level: true });
      expect(await mirrored(schema), `after death ${when} call ${at}`).toEqual(truth(source, source.last()));
    }
    // Preparing takes eight calls, and each of the batches five or six.
    expect(at).toBeGreaterThan(25);
  });
