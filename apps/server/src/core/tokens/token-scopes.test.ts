import { createClient, type Role, routes } from '@vakhta/api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Fixture, seedOrganisation } from '../../../test/fixture.ts';
import { createPerson, joinWithToken, type RunningDesk, startDesk } from '../../../test/running-desk.ts';

let desk: RunningDesk;
let fixture: Fixture;
beforeAll(async () => {
  desk = await startDesk();
  fixture = await seedOrganisation(desk.database);
});
afterAll(() => desk.stop());

const clientOf = (token: string) => createClient({ server: desk.url, token });
async function member(role: Role) {
  const joined = await joinWithToken(desk, fixture.organisation, await createPerson(desk), [role]);
  return { ...joined, api: clientOf(joined.token) };
}
const forbidden = { code: 'forbidden', status: 403 };

test('a token does what it was made for and nothing else, and says so of itself', async () => {
  const { api } = await member('owner');
  const made = await api.call(routes.createToken, {
    body: { name: 'Night report', permissions: ['things.view', 'audit.view'] },
  });
  const scoped = clientOf(made.secret);
  expect((await scoped.call(routes.listThings, { query: {} })).items.length).toBeGreaterThan(0);
  expect((await scoped.call(routes.listAudit, { query: {} })).items.length).toBeGreaterThan(0);
  await expect(scoped.call(routes.createSite, { body: { name: 'No' } })).rejects.toMatchObject(forbidden);
  await expect(scoped.call(routes.listMembers, { query: {} })).rejects.toMatchObject(forbidden);
  const { memberships } = await scoped.call(routes.getSession);
  expect(memberships[0]?.permissions.sort()).toEqual(['audit.view', 'things.view']);
  const { items } = await api.call(routes.listTokens);
  expect(items.find(({ id }) => id === made.id)?.permissions).toEqual(['things.view', 'audit.view']);
});

test('it makes no other token and revokes none', async () => {
  const { api, tokenId } = await member('owner');
  const { secret } = await api.call(routes.createToken, {
    body: { name: 'One', permissions: ['things.view'] },
  });
  const scoped = clientOf(secret);
  await expect(scoped.call(routes.createToken, { body: { name: 'All' } })).rejects.toMatchObject(forbidden);
  await expect(scoped.call(routes.revokeToken, { params: { token: tokenId } })).rejects.toMatchObject(
    forbidden,
  );
});

test('nobody gives a token what they do not hold', async () => {
  const { api } = await member('viewer');
  await expect(
    api.call(routes.createToken, { body: { name: 'More', permissions: ['members.manage'] } }),
  ).rejects.toMatchObject({ code: 'invalid_field', status: 400 });
});

test('a token loses at once what its member loses', async () => {
  const { api, member: id } = await member('manager');
  const { secret } = await api.call(routes.createToken, {
    body: { name: 'Sites', permissions: ['things.view', 'sites.manage'] },
  });
  const scoped = clientOf(secret);
  await scoped.call(routes.createSite, { body: { name: 'Nemiga' } });
  const owner = await member('owner');
  await owner.api.call(routes.changeMember, { params: { member: id }, body: { roles: ['viewer'] } });
  await expect(scoped.call(routes.createSite, { body: { name: 'Kupala' } })).rejects.toMatchObject(forbidden);
  expect((await scoped.call(routes.listThings, { query: {} })).items.length).toBeGreaterThan(0);
});
