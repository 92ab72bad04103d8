import { type ApiClient, createClient, type Role, routes } from '@vakhta/api';
import type { OrganisationId } from '@vakhta/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { freshId, seedOrganisation } from '../../../test/fixture.ts';
import {
  createPerson,
  joinWithToken,
  PASSWORD,
  type RunningDesk,
  startDesk,
} from '../../../test/running-desk.ts';

let desk: RunningDesk;
let organisation: OrganisationId;
let owner: { api: ApiClient; member: string };
let manager: { api: ApiClient; member: string };

beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());
beforeEach(async () => {
  organisation = freshId<OrganisationId>();
  await desk.database.system((tx) =>
    tx.insertInto('organisations').values({ org_id: organisation, name: 'Metro' }).execute(),
  );
  owner = await join(['owner']);
  manager = await join(['manager']);
});

async function join(roles: Role[]) {
  const { member, token } = await joinWithToken(desk, organisation, await createPerson(desk), roles);
  return { member, api: createClient({ server: desk.url, token }) };
}

const refusal = (code: string) => expect.objectContaining({ code });
const auditOf = async () =>
  (await owner.api.call(routes.listAudit, { query: {} })).items.map(({ action, actor, subject }) => [
    action,
    actor.id,
    subject?.id,
  ]);

test('a new person is added with a password and can sign in; a known one is added without', async () => {
  const body = { email: 'new@example.org', name: 'New', roles: ['operator' as const] };
  await expect(manager.api.call(routes.addMember, { body })).rejects.toMatchObject({
    code: 'invalid_field',
    field: 'password',
    rule: 'required',
  });
  const added = await manager.api.call(routes.addMember, { body: { ...body, password: PASSWORD } });
  expect(added).toMatchObject({ email: 'new@example.org', name: 'New', roles: ['operator'] });
  expect(await desk.identity.signIn('new@example.org', PASSWORD)).not.toBeNull();
  await expect(manager.api.call(routes.addMember, { body })).rejects.toEqual(refusal('conflict'));

  const other = await seedOrganisation(desk.database);
  const { token } = await joinWithToken(desk, other.organisation, await createPerson(desk), ['owner']);
  const elsewhere = createClient({ server: desk.url, token });
  expect((await elsewhere.call(routes.addMember, { body })).user).toBe(added.user);
});

test('members are listed page by page, each once', async () => {
  const found: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await owner.api.call(routes.listMembers, { query: { limit: 1, cursor } });
    found.push(...page.items.map(({ id }) => id));
    if (page.next === null) break;
    cursor = page.next;
  }
  expect(found.sort()).toEqual([owner.member, manager.member].sort());
});

describe('owners', () => {
  test('are made, unmade and removed by owners only', async () => {
    const body = { email: 'boss@example.org', name: 'Boss', password: PASSWORD, roles: ['owner' as const] };
    await expect(manager.api.call(routes.addMember, { body })).rejects.toEqual(refusal('forbidden'));
    for (const change of [
      { params: { member: manager.member }, body: { roles: ['owner' as const] } },
      { params: { member: owner.member }, body: { roles: ['viewer' as const] } },
    ])
      await expect(manager.api.call(routes.changeMember, change)).rejects.toEqual(refusal('forbidden'));
    await expect(manager.api.call(routes.removeMember, { params: { member: owner.member } })).rejects.toEqual(
      refusal('forbidden'),
    );
    const raised = await owner.api.call(routes.changeMember, {
      params: { member: manager.member },
      body: { roles: ['owner', 'manager'] },
    });
    expect(raised.roles).toEqual(['owner', 'manager']);
  });

  test('the last one can neither step down nor leave', async () => {
    const params = { member: owner.member };
    await expect(
      owner.api.call(routes.changeMember, { params, body: { roles: ['manager'] } }),
    ).rejects.toEqual(refusal('last_owner'));
    await expect(owner.api.call(routes.removeMember, { params })).rejects.toEqual(refusal('last_owner'));
  });

  test('two who unmake each other at the same moment leave one', async () => {
    const second = await join(['owner']);
    const outcomes = await Promise.allSettled([
      owner.api.call(routes.changeMember, { params: { member: second.member }, body: { roles: ['viewer'] } }),
      second.api.call(routes.changeMember, { params: { member: owner.member }, body: { roles: ['viewer'] } }),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

test('a removed member is out at once: token, session and name', async () => {
  const person = await createPerson(desk, 'Leaver');
  const { member, token } = await joinWithToken(desk, organisation, person, ['viewer']);
  const session = await desk.identity.signIn(person.email, PASSWORD);
  const cookie = session!.cookies.map((one) => one.split(';', 1)[0]).join('; ');
  const leaver = createClient({ server: desk.url, token });
  await leaver.call(routes.getOrganisation);
  await owner.api.call(routes.removeMember, { params: { member } });
  await expect(leaver.call(routes.getOrganisation)).rejects.toMatchObject({ status: 401 });
  expect(await desk.identity.sessionOf(cookie)).toBeNull();
});

test('each change is in the audit, with who did it to whom', async () => {
  const { id } = await manager.api.call(routes.addMember, {
    body: { email: 'audited@example.org', name: 'Audited', password: PASSWORD, roles: ['viewer'] },
  });
  await owner.api.call(routes.changeMember, { params: { member: id }, body: { roles: ['operator'] } });
  await owner.api.call(routes.removeMember, { params: { member: id } });
  await owner.api.call(routes.renameOrganisation, { body: { name: 'Subway' } });
  expect(await auditOf()).toEqual([
    ['organisation.renamed', owner.member, organisation],
    ['member.removed', owner.member, id],
    ['member.changed', owner.member, id],
    ['member.added', manager.member, id],
  ]);
});

test('a refused change leaves no trace', async () => {
  await expect(
    owner.api.call(routes.removeMember, { params: { member: owner.member } }),
  ).rejects.toBeDefined();
  expect(await auditOf()).toEqual([]);
});
