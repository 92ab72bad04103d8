import { once } from 'node:events';
import { type ApiClient, createClient, routes } from '@vakhta/api';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import WebSocket from 'ws';
import { type Fixture, seedOrganisation } from '../../../test/fixture.ts';
import { createPerson, joinWithToken, type RunningDesk, startDesk } from '../../../test/running-desk.ts';

let desk: RunningDesk;
let fixture: Fixture;
let token: string;
let api: ApiClient;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());
beforeEach(async () => {
  fixture = await seedOrganisation(desk.database, { things: 3 });
  ({ token } = await joinWithToken(desk, fixture.organisation, await createPerson(desk), ['manager']));
  api = createClient({ server: desk.url, token });
});

test('a site tells how much it holds, and goes only when it holds nothing', async () => {
  const { items } = await api.call(routes.listSites, { query: {} });
  expect(items).toEqual([{ id: fixture.site, name: 'Site', timeZone: 'Europe/Minsk', things: 3, agents: 1 }]);
  await expect(api.call(routes.removeSite, { params: { site: fixture.site } })).rejects.toMatchObject({
    status: 409,
    code: 'in_use',
  });
  const empty = await api.call(routes.createSite, { body: { name: 'Empty' } });
  await api.call(routes.removeSite, { params: { site: empty.id } });
  expect((await api.call(routes.listSites, { query: {} })).items).toHaveLength(1);
});

test('a site’s name is one of a kind and its zone is a real one', async () => {
  await expect(api.call(routes.createSite, { body: { name: 'Site' } })).rejects.toMatchObject({
    code: 'conflict',
  });
  await expect(
    api.call(routes.createSite, { body: { name: 'Other', timeZone: 'Europe/Atlantis' } }),
  ).rejects.toMatchObject({ code: 'invalid_field', field: 'timeZone' });
  const changed = await api.call(routes.changeSite, {
    params: { site: fixture.site },
    body: { timeZone: 'Asia/Tokyo' },
  });
  expect(changed).toMatchObject({ name: 'Site', timeZone: 'Asia/Tokyo' });
});

test('sites come in the order of their names, page by page, each once', async () => {
  for (const name of ['Ёлка', 'Alpha', 'Zeta']) await api.call(routes.createSite, { body: { name } });
  const names: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await api.call(routes.listSites, { query: { limit: 2, cursor } });
    names.push(...page.items.map(({ name }) => name));
    if (page.next === null) break;
    cursor = page.next;
  }
  expect(names).toEqual(['Alpha', 'Site', 'Zeta', 'Ёлка']);
});

test.each([
  '',
  'nonsense',
  Buffer.from('["a"]').toString('base64url'),
  Buffer.from('["a","not-an-id"]').toString('base64url'),
])('a cursor that was never given out (%j) is refused, not stumbled over', async (cursor) => {
  const response = await fetch(`${desk.url}/api/v1/sites?cursor=${cursor}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect([200, 400]).toContain(response.status);
  expect(response.status).toBe(cursor === '' ? 200 : 400);
});

test('a group holds the things it was given, each once, and its things outlive it', async () => {
  const [first, second, third] = fixture.things.map(String);
  const group = await api.call(routes.createGroup, {
    body: { name: 'Hall', things: [second!, first!, second!] },
  });
  expect(group.things).toEqual([first, second].sort());
  const changed = await api.call(routes.changeGroup, {
    params: { group: group.id },
    body: { things: [third!] },
  });
  expect(changed).toEqual({ id: group.id, name: 'Hall', things: [third] });
  await api.call(routes.removeGroup, { params: { group: group.id } });
  expect((await api.call(routes.listThings, { query: {} })).items).toHaveLength(3);
});

test('a group takes no thing of another organisation, nor of none, and then nothing is changed', async () => {
  const other = await seedOrganisation(desk.database);
  for (const stranger of [other.things[0], crypto.randomUUID()])
    await expect(
      api.call(routes.createGroup, { body: { name: 'Hall', things: [fixture.things[0], stranger] } }),
    ).rejects.toMatchObject({ code: 'unprocessable', field: 'things' });
  expect((await api.call(routes.listGroups, { query: {} })).items).toEqual([]);
});

test('open panels hear that sites and groups changed', async () => {
  const socket = new WebSocket(`${desk.url.replace('http', 'ws')}/api/v1/live`, {
    headers: { authorization: `Bearer ${token}` },
  });
  await once(socket, 'open');
  socket.send(JSON.stringify({ subscribe: {} }));
  await once(socket, 'message');
  const heard: unknown[] = [];
  socket.on('message', (data) => heard.push(JSON.parse(String(data))));
  await api.call(routes.createSite, { body: { name: 'New' } });
  await api.call(routes.createGroup, { body: { name: 'New' } });
  await expect
    .poll(() => heard)
    .toEqual([
      { type: 'changed', what: 'sites' },
      { type: 'changed', what: 'groups' },
    ]);
  socket.terminate();
});
