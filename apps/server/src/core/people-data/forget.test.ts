import { createClient, routes } from '@vakhta/api';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seedOrganisation } from '../../../test/fixture.ts';
import {
  createPerson,
  joinWithToken,
  PASSWORD,
  type RunningDesk,
  startDesk,
} from '../../../test/running-desk.ts';
import { refusalOf, TestBrowser } from '../../../test/test-browser.ts';
import { AuditSealer } from '../audit/sealer.ts';
import { verifyAudit } from '../audit/verify.ts';
import { forgetPerson } from './forget-person.ts';

let desk: RunningDesk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

/** A person with one of everything we keep about people, in an organisation with an owner. */
async function livedIn(name: string) {
  const { organisation } = await seedOrganisation(desk.database);
  const owner = await joinWithToken(desk, organisation, await createPerson(desk, 'Olga Owner'), ['owner']);
  const person = await createPerson(desk, name);
  const { member, token } = await joinWithToken(desk, organisation, person, ['manager']);
  const browser = new TestBrowser(desk.url, `Device of ${name}`);
  await browser.ask(routes.signIn, { body: { email: person.email, password: 'a wrong guess' } });
  await browser.get(routes.signIn, { body: { email: person.email, password: PASSWORD } });
  await browser.get(routes.beginSecondFactor, { body: { password: PASSWORD } });
  await browser.get(routes.listMembers);
  await browser.get(routes.listAudit);
  await browser.ask(routes.createSite, { body: { name: `Site ${member}` } });
  await desk.database.pool.query(
    `insert into auth."passkey" ("userId", name, "publicKey", "credentialID", counter, "deviceType", "backedUp")
     values ($1, $2, 'key', 'id', 0, 'singleDevice', false)`,
    [person.id, `Passkey of ${name}`],
  );
  await desk.database.pool.query(
    `insert into auth.password_resets (id, user_id, language, requested_at, expires_at, mail_due_at)
     values (gen_random_uuid(), $1, 'en', now(), now(), now())`,
    [person.id],
  );
  return { organisation, owner, person, member, token, browser };
}

/** Every row of every table that says anything of this, as `table: row`. */
async function mentions(...words: string[]): Promise<string[]> {
  const { rows: tables } = await desk.database.pool.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_schema in ('public', 'auth') and table_type = 'BASE TABLE'`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const { rows } = await desk.database.pool.query<{ line: string }>(
      `select to_jsonb(t)::text as line from ${name} t`,
    );
    found.push(
      ...rows
        .filter(({ line }) => words.some((word) => line.includes(word)))
        .map(({ line }) => `${name}: ${line}`),
    );
  }
  return found;
}

const chain = async () => {
  await new AuditSealer(desk.database).run();
  return verifyAudit(desk.database);
};

test('of a forgotten person no table holds name, address, device or user id; the audit chain still verifies', async () => {
  const { person, token, browser, owner, member } = await livedIn('Kseniya Forgettable');
  const before = await chain();
  const words = [person.email, 'Kseniya', person.id];
  expect((await mentions(...words)).length).toBeGreaterThan(8);
  expect(await forgetPerson(desk, person)).toEqual({ memberships: 1, invitations: 0 });
  expect(await mentions(...words)).toEqual([]);
  const after = await chain();
  expect(after.faults).toEqual([]);
  expect(after.verified).toBeGreaterThan(before.verified);
  expect(await refusalOf(await browser.ask(routes.getSession))).toEqual([401, 'not_signed_in']);
  await expect(
    createClient({ server: desk.url, token }).call(routes.listThings, { query: {} }),
  ).rejects.toMatchObject({
    status: 401,
  });
  const { items } = await createClient({ server: desk.url, token: owner.token }).call(routes.listAudit, {
    query: { actor: member },
  });
  expect(items.map(({ action }) => action)).toContain('site.created');
  for (const { actor } of items) expect(actor).toEqual({ kind: 'member', id: member, name: null });
});

test('an invitation to the address of a forgotten person is withdrawn', async () => {
  const { person } = await livedIn('Invited Twice');
  const { organisation } = await seedOrganisation(desk.database);
  const elsewhere = await joinWithToken(desk, organisation, await createPerson(desk), ['owner']);
  const api = createClient({ server: desk.url, token: elsewhere.token });
  await api.call(routes.invite, { body: { email: person.email, roles: ['viewer'], language: 'en' } });
  expect(await forgetPerson(desk, person)).toEqual({ memberships: 1, invitations: 1 });
  expect(await mentions(person.email)).toEqual([]);
});

test('an owner has a member forgotten in the panel; a manager does not', async () => {
  const { owner, token, member, person } = await livedIn('Petr Panel');
  const [byOwner, byManager] = [owner.token, token].map((one) =>
    createClient({ server: desk.url, token: one }),
  );
  const params = { member };
  await expect(byManager!.call(routes.forgetMember, { params })).rejects.toMatchObject({ code: 'forbidden' });
  expect(await byOwner!.call(routes.forgetMember, { params })).toEqual({ erased: true });
  expect(await mentions(person.email, 'Petr Panel', person.id)).toEqual([]);
  const { items } = await byOwner!.call(routes.listAudit, { query: { subject: member } });
  expect(items.slice(0, 2).map(({ action, actor }) => [action, actor.name])).toEqual([
    ['member.forgotten', 'Olga Owner'],
    ['member.removed', 'Olga Owner'],
  ]);
});

test('who belongs to another organisation is only removed from this one', async () => {
  const { owner, member, person } = await livedIn('Two Places');
  const { organisation } = await seedOrganisation(desk.database);
  await joinWithToken(desk, organisation, person, ['viewer']);
  const api = createClient({ server: desk.url, token: owner.token });
  expect(await api.call(routes.forgetMember, { params: { member } })).toEqual({ erased: false });
  expect((await desk.identity.findPeople([person.id])).get(person.id)?.name).toBe('Two Places');
});

test('the last owner of an organisation is not forgotten, by nobody, and nothing is half done', async () => {
  const { owner, organisation } = await livedIn('Somebody Else');
  const { rows } = await desk.database.system((tx) =>
    sql<{ user: string }>`select user_id as user from members where id = ${owner.member}`.execute(tx),
  );
  await desk.database.pool.query(`update members set roles = '{viewer}' where org_id = $1 and id <> $2`, [
    organisation,
    owner.member,
  ]);
  const last = (await desk.identity.findPeople([rows[0]!.user])).get(rows[0]!.user)!;
  await expect(forgetPerson(desk, last)).rejects.toMatchObject({ code: 'last_owner' });
  const api = createClient({ server: desk.url, token: owner.token });
  await expect(api.call(routes.forgetMember, { params: { member: owner.member } })).rejects.toMatchObject({
    code: 'last_owner',
  });
  const kept = await desk.database.tenant(organisation, (tx) =>
    tx.selectFrom('members').select('id').where('id', '=', owner.member).execute(),
  );
  expect(kept).toHaveLength(1);
});
