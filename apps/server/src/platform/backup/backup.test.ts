import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VirtualClock } from '@vakhta/testkit';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fillHall } from '../../../test/casino/hall-fixture.ts';
import { type Fixture, seedOrganisation } from '../../../test/fixture.ts';
import { createTestDatabase, type TestDatabase } from '../../../test/test-database.ts';
import { recordAudits, SYSTEM } from '../../core/audit/audit.ts';
import { AuditSealer } from '../../core/audit/sealer.ts';
import { verifyAudit } from '../../core/audit/verify.ts';
import { coreProjections } from '../../core/core.ts';
import { ingest } from '../../core/ingest/ingest.ts';
import { makeLogPartitions } from '../../core/ingest/log-partitions.ts';
import { rebuildProjection } from '../../core/ingest/rebuild.ts';
import { migrationModules } from '../../migration-modules.ts';
import { createIdentity } from '../identity/identity.ts';
import { openBackup } from './archive-reader.ts';
import { SEAL_BYTES, sealLine } from './archive-writer.ts';
import { type RestoreOptions, restoreBackup } from './restore-backup.ts';
import { writeBackup } from './write-backup.ts';

const clock = new VirtualClock(Date.UTC(2026, 9, 20));
const ALL_SEEING = 'vakhta_system';
let directory: string;
let source: TestDatabase;
let fixture: Fixture;
let file: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vakhta-backup-'));
  source = await createTestDatabase();
  fixture = await seedOrganisation(source.database, { things: 3 });
  // A hall of the casino: rows that are derived from others as they are written.
  await fillHall(source.database, await seedOrganisation(source.database));
  await source.database.owner((tx) => sql`call ensure_log_partitions('2026-10-01T00:00Z')`.execute(tx));
  await observe(source, 1, 400);
  clock.advance(30 * 24 * 3_600_000);
  await observe(source, 401, 400);
  await source.database.tenant(fixture.organisation, (tx) =>
    recordAudits(
      tx,
      Array.from({ length: 50 }, (_, number) => ({
        organisation: fixture.organisation,
        actor: SYSTEM,
        action: 'test.done',
        subject: { kind: 'test', id: String(number) },
        detail: { text: 'с табуляцией\t, чертой \\ и переводом\nстроки', number },
      })),
    ),
  );
  await new AuditSealer(source.database).run();
  const identity = createIdentity({
    pool: source.database.pool,
    secret: 'x'.repeat(32),
    secure: false,
    clock,
  });
  await identity.createPerson({ email: 'who@example.org', name: 'Кто', password: 'correct horse battery' });
  file = await backup(source, 'whole');
});
afterAll(async () => {
  await source?.drop();
  await rm(directory, { recursive: true, force: true });
});

const observe = ({ database }: TestDatabase, from: number, count: number) =>
  ingest(
    {
      organisation: fixture.organisation,
      agent: fixture.agent,
      stream: fixture.stream,
      from,
      items: Array.from({ length: count }, (_, index) => ({
        kind: 'property' as const,
        thing: fixture.things[index % 3]!,
        name: 'brightness',
        value: index % 7 === 0 ? null : (index * 31) % 101,
        at: clock.now(),
      })),
    },
    { database, clock, projections: coreProjections },
  );

async function backup({ url }: TestDatabase, name: string): Promise<string> {
  const to = join(directory, `${name}.tar`);
  await writeBackup({
    url,
    file: to,
    allSeeing: ALL_SEEING,
    madeBy: '0.0.0',
    secrets: { signingKey: 'key' },
    files: [{ path: 'tls/authority.pem', mode: 0o600, content: 'UEVN' }],
    clock,
  });
  return to;
}

const restoreInto = async (url: string, from: string, more: Partial<RestoreOptions> = {}) =>
  restoreBackup({
    url,
    backup: await openBackup(from),
    modules: migrationModules,
    allSeeing: ALL_SEEING,
    verify: true,
    mayReplace: async () => false,
    makePartitions: makeLogPartitions,
    beforeCommit: async () => {},
    ...more,
  });

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

test('what comes back has the same rows and hashes, and is a desk that goes on', async () => {
  const target = await createTestDatabase();
  try {
    const { manifest } = await openBackup(file);
    const rowsOf = (table: string) => manifest.tables.find((one) => one.table === table)?.rows;
    expect([rowsOf('log'), rowsOf('organisations'), rowsOf('user')]).toEqual([800, 2, 1]);
    const restored = await restoreInto(target.url, file);
    expect(restored.verified).toBe(manifest.tables.length);

    const again = await openBackup(await backup(target, 'again'));
    const { partitions: _, ...same } = manifest;
    expect(again.manifest).toMatchObject(same);
    expect(await verifyAudit(target.database)).toMatchObject({ verified: 50, unsealed: 0, faults: [] });
    for (const projection of coreProjections) {
      const rebuilt = await rebuildProjection(target.database, fixture.organisation, projection);
      expect(rebuilt.hashAfter).toBe(rebuilt.hashBefore);
    }
    // Numbers go on after those that are taken, streams where they were, and isolation holds.
    expect(await observe(target, 801, 5)).toMatchObject({ state: 'committed', acknowledged: 805 });
    const ids = await query(
      target.url,
      'select count(*)::int as all, count(distinct id)::int as different from log',
    );
    expect(ids).toEqual([{ all: 805, different: 805 }]);
    expect(await query(target.url, 'select count(*)::int as n from log_default')).toEqual([{ n: 0 }]);
    const forced = await query(
      target.url,
      'select count(*)::int as n from pg_class where relrowsecurity and not relforcerowsecurity',
    );
    expect(forced).toEqual([{ n: 0 }]);
  } finally {
    await target.drop();
  }
});

test('it is of one moment, whatever is written meanwhile', async () => {
  const busy = await createTestDatabase();
  try {
    await restoreInto(busy.url, file);
    let writing = true;
    let from = 801;
    const writer = (async () => {
      for (; writing; from += 20) await observe(busy, from, 20);
    })();
    const { manifest } = await openBackup(await backup(busy, 'while-written'));
    writing = false;
    await writer;
    const target = await createTestDatabase();
    await restoreInto(target.url, join(directory, 'while-written.tar'));
    const [state] = await query(
      target.url,
      `select (select max(last_seq) from agent_streams)::int as stream, (select max(seq) from log)::int as log,
              (select count(*) from log)::int as rows`,
    );
    expect(state).toEqual({ stream: state!.log, log: state!.rows, rows: state!.stream });
    expect(manifest.tables.find(({ table }) => table === 'log')?.rows).toBe(state!.rows);
    await target.drop();
  } finally {
    await busy.drop();
  }
});

test('only its owner may read it, and a file that is there is never overwritten', async () => {
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  await writeFile(join(directory, 'taken.tar.part'), '');
  await expect(backup(source, 'taken')).rejects.toMatchObject({ code: 'backup.not_writable' });
});

describe('a database that holds something', () => {
  test('is left alone, unless its replacement is wanted', async () => {
    const target = await createTestDatabase();
    const organisation = "insert into organisations (org_id, name) values (gen_random_uuid(), 'Other')";
    await query(target.url, organisation);
    const names = () => query(target.url, 'select name from organisations order by name');
    await expect(restoreInto(target.url, file)).rejects.toMatchObject({ code: 'restore.not_empty' });
    expect(await names()).toEqual([{ name: 'Other' }]);
    const asked: unknown[] = [];
    await restoreInto(target.url, file, {
      mayReplace: async (there) => {
        asked.push(there.rows);
        return true;
      },
    });
    expect(asked).toEqual([1]);
    expect(await names()).toEqual([{ name: 'Test' }, { name: 'Test' }]);
    await target.drop();
  });

  test('and that a desk serves from is left alone in any case', async () => {
    // A desk works at its jobs every second; here somebody is at work for as long as it takes.
    await source.database.owner(async (tx) => {
      await sql`select 1`.execute(tx);
      await expect(restoreInto(source.url, file, { mayReplace: async () => true })).rejects.toMatchObject({
        code: 'restore.desk_runs',
      });
    });
  });
});

test('a restore that fails at its last step leaves the database as it was', async () => {
  const target = await createTestDatabase();
  const failing = restoreInto(target.url, file, {
    beforeCommit: async () => {
      throw new Error('the disk is full');
    },
  });
  await expect(failing).rejects.toThrow('the disk is full');
  expect(await query(target.url, 'select count(*)::int as n from organisations')).toEqual([{ n: 0 }]);
  await target.drop();
});

describe('what is refused before anything is touched', () => {
  const changed = async (name: string, change: (bytes: Buffer) => Buffer): Promise<string> => {
    const path = join(directory, `${name}.tar`);
    await writeFile(path, change(await readFile(file)));
    return path;
  };
  const flip = (bytes: Buffer, at: number): Buffer => {
    bytes[at] = bytes[at]! ^ 0x01;
    return bytes;
  };
  /** As one who changes it on purpose and seals it anew would leave it. */
  const resealed = (bytes: Buffer): Buffer => {
    const body = bytes.subarray(0, bytes.length - SEAL_BYTES);
    return Buffer.concat([body, Buffer.from(sealLine(createHash('sha256').update(body).digest('hex')))]);
  };

  test('a file with any one byte changed, wherever it stands', async () => {
    const { length } = await readFile(file);
    const places = [
      0,
      99,
      150,
      300,
      511,
      520,
      700,
      1024,
      1500,
      length - SEAL_BYTES - 1,
      length - SEAL_BYTES,
      length - 30,
      length - 1,
    ];
    for (let part = 1; part < 40; part++) places.push(Math.floor((length * part) / 40));
    for (const at of places) {
      const path = await changed('flipped', (bytes) => flip(bytes, at));
      await expect(openBackup(path), `byte ${at}`).rejects.toMatchObject({
        code: expect.stringMatching(/^backup\.(foreign|damaged|cut_off|newer)$/),
      });
    }
  });

  test.each([
    ['cut off', 'backup.cut_off', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ['without its last byte', 'backup.cut_off', (bytes: Buffer) => bytes.subarray(0, -1)],
    ['with a byte added', 'backup.cut_off', (bytes: Buffer) => Buffer.concat([bytes, Buffer.from('x')])],
    [
      'with a byte taken out',
      'backup.damaged',
      (bytes: Buffer) => Buffer.concat([bytes.subarray(0, 5000), bytes.subarray(5001)]),
    ],
    ['empty', 'backup.foreign', () => Buffer.alloc(0)],
    ['of another program', 'backup.foreign', () => Buffer.from('PGDMP'.repeat(1000))],
    [
      'of a later layout',
      'backup.newer',
      (bytes: Buffer) =>
        resealed(Buffer.from(bytes.toString('latin1').replace('"version": 1', '"version": 2'), 'latin1')),
    ],
    [
      'of a later database',
      'backup.newer',
      (bytes: Buffer) =>
        resealed(Buffer.from(bytes.toString('latin1').replaceAll('0001-core', '0099-core'), 'latin1')),
    ],
    [
      'of a database with another history',
      'backup.other_history',
      (bytes: Buffer) =>
        resealed(
          Buffer.from(
            bytes.toString('latin1').replace(/("name": "0001-core",\s+"hash": ")[0-9a-f]{8}/, '$100000000'),
            'latin1',
          ),
        ),
    ],
    [
      'whose manifest tells of other rows',
      'backup.damaged',
      (bytes: Buffer) =>
        resealed(Buffer.from(bytes.toString('latin1').replace('"rows": 800', '"rows": 801'), 'latin1')),
    ],
  ])('a file %s', async (name, code, change) => {
    const target = await createTestDatabase();
    const path = await changed(`refused ${name}`, change);
    await expect(restoreInto(target.url, path)).rejects.toMatchObject({ code, message: expect.any(String) });
    expect(await query(target.url, 'select count(*)::int as n from organisations')).toEqual([{ n: 0 }]);
    await target.drop();
  });
});

test('a table whose rows nobody sees stops the backup', async () => {
  const hidden = await createTestDatabase();
  await query(hidden.url, 'drop policy every_organisation on sites');
  await expect(backup(hidden, 'hidden')).rejects.toMatchObject({ code: 'backup.hidden_rows' });
  await expect(stat(join(directory, 'hidden.tar'))).rejects.toMatchObject({ code: 'ENOENT' });
  await hidden.drop();
});
