import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Fixture, seedOrganisation } from '../../../test/fixture.ts';
import { createTestDatabase, type TestDatabase } from '../../../test/test-database.ts';
import { recordAudits, SYSTEM } from './audit.ts';
import { AuditSealer } from './sealer.ts';
import { verifyAudit } from './verify.ts';

let test_: TestDatabase;
let fixture: Fixture;
beforeAll(async () => {
  test_ = await createTestDatabase();
  fixture = await seedOrganisation(test_.database);
});
afterAll(() => test_.drop());

const write = (count: number, organisation = fixture.organisation) =>
  test_.database.tenant(organisation, (tx) =>
    recordAudits(
      tx,
      Array.from({ length: count }, (_, number) => ({
        organisation,
        actor: SYSTEM,
        action: 'test.done',
        subject: { kind: 'test', id: String(number) },
        detail: { number, nested: { б: [1.5, null, 'текст'] } },
      })),
    ),
  );

test('sealed entries verify, in every organisation apart, also when writers and sealers run at once', async () => {
  const other = await seedOrganisation(test_.database);
  const sealers = [new AuditSealer(test_.database), new AuditSealer(test_.database)];
  await Promise.all([
    write(30),
    write(20, other.organisation),
    ...sealers.map((sealer) => sealer.run()),
    write(10),
  ]);
  await Promise.all(sealers.map((sealer) => sealer.run()));
  await sealers[0]!.run();
  expect(await verifyAudit(test_.database)).toEqual({
    organisations: 2,
    verified: 60,
    unsealed: 0,
    faults: [],
  });
});

test('what is written and not yet sealed is counted apart', async () => {
  await write(1);
  expect(await verifyAudit(test_.database)).toMatchObject({ unsealed: 1, faults: [] });
  await new AuditSealer(test_.database).run();
});

/** Does what only someone with the database owner's password can, looks at the verdict, and takes it back. */
async function afterTampering(statement: string) {
  await test_.database.owner((tx) =>
    sql
      .raw(
        `create table kept as select * from audit; create table kept_seals as select * from audit_seals; ${statement}`,
      )
      .execute(tx),
  );
  const verdict = await verifyAudit(test_.database);
  await test_.database.owner((tx) =>
    sql
      .raw(`delete from audit; delete from audit_seals; insert into audit overriding system value select * from kept;
             insert into audit_seals select * from kept_seals; drop table kept; drop table kept_seals`)
      .execute(tx),
  );
  return verdict.faults;
}

const own = () => `org_id = '${fixture.organisation}'`;
const third = () => `(select audit_id from audit_seals where ${own()} and position = 3)`;

test('a changed entry is found at its place, whichever column it is', async () => {
  for (const change of [
    `detail = '{}'`,
    `at = at + interval '1 millisecond'`,
    `action = 'x'`,
    `subject_id = null`,
  ])
    expect(await afterTampering(`update audit set ${change} where id = ${third()}`)).toEqual([
      { organisation: fixture.organisation, position: 3, problem: 'changed' },
    ]);
});

test('a removed entry and a removed seal are found', async () => {
  expect(await afterTampering(`delete from audit where id = ${third()}`)).toMatchObject([
    { position: 3, problem: 'entry missing' },
  ]);
  expect(await afterTampering(`delete from audit_seals where ${own()} and position = 3`)).toMatchObject([
    { position: 3, problem: 'seal missing' },
  ]);
});

test('an entry changed together with its seal breaks the chain behind it', async () => {
  const faults = await afterTampering(
    `update audit set action = 'x' where id = ${third()}; update audit_seals set hash = sha256('x') where ${own()} and position = 3`,
  );
  expect(faults).toMatchObject([{ position: 3, problem: 'changed' }]);
});

test('the serving roles can neither change nor remove entries or seals', async () => {
  for (const table of ['audit', 'audit_seals'])
    for (const statement of [`update ${table} set org_id = org_id`, `delete from ${table}`]) {
      await expect(
        test_.database.tenant(fixture.organisation, (tx) => sql.raw(statement).execute(tx)),
      ).rejects.toThrow(/permission denied/);
      await expect(test_.database.system((tx) => sql.raw(statement).execute(tx))).rejects.toThrow(
        /permission denied/,
      );
    }
});
