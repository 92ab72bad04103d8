import { createClient, type RouteDeclaration, routes } from '@vakhta/api';
import { days, hours } from '@vakhta/kernel';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seedOrganisation } from '../../../test/fixture.ts';
import {
  createPerson,
  joinWithToken,
  PASSWORD,
  type RunningDesk,
  startDesk,
} from '../../../test/running-desk.ts';
import { TestBrowser } from '../../../test/test-browser.ts';
import { forgetPastDataAccess, noteDataAccess } from './data-access-store.ts';

let desk: RunningDesk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

async function twoMembers() {
  const { organisation } = await seedOrganisation(desk.database);
  const owner = await joinWithToken(desk, organisation, await createPerson(desk, 'Olga'), ['owner']);
  const person = await createPerson(desk);
  const { member } = await joinWithToken(desk, organisation, person, ['viewer']);
  const browser = new TestBrowser(desk.url);
  await browser.get(routes.signIn, { body: { email: person.email, password: PASSWORD } });
  return {
    organisation,
    api: createClient({ server: desk.url, token: owner.token }),
    browser,
    owner,
    member,
  };
}

test('whoever looks at data of people is seen by them: who, what, by what and how often', async () => {
  const { api, browser, owner } = await twoMembers();
  await api.call(routes.listMembers, { query: {} });
  await api.call(routes.listMembers, { query: {} });
  await api.call(routes.listAudit, { query: {} });
  await api.call(routes.listInvitations);
  const { items } = await browser.get(routes.listDataAccess);
  expect(
    items.map(({ member, what, via, times }) => [member.name, member.id, what, via, times]).sort(),
  ).toEqual([
    ['Olga', owner.member, 'audit', 'token', 1],
    ['Olga', owner.member, 'invitations', 'token', 1],
    ['Olga', owner.member, 'members', 'token', 2],
  ]);
});

test('what was refused was not seen, and stands nowhere', async () => {
  const { browser } = await twoMembers();
  expect((await browser.ask(routes.listMembers)).status).toBe(403);
  expect((await browser.get(routes.listDataAccess)).items).toEqual([]);
});

test('it is listed page by page, each once, and kept for half a year', async () => {
  const { organisation, browser, owner } = await twoMembers();
  const now = Date.now();
  const looks = [0, hours(1), hours(2), days(181)];
  for (const ago of looks)
    for (const what of ['members', 'audit'] as const)
      await desk.database.tenant(organisation, (tx) =>
        noteDataAccess(tx, { organisation, member: owner.member, via: 'session' }, what, now - ago),
      );
  await forgetPastDataAccess(desk.database, now);
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const response = await browser.ask({
      ...routes.listDataAccess,
      path: `/data-access?limit=4${cursor ? `&cursor=${cursor}` : ''}`,
    } as RouteDeclaration);
    const page = routes.listDataAccess.response.parse(await response.json());
    seen.push(...page.items.map(({ hour, what }) => `${hour} ${what}`));
    cursor = page.next ?? undefined;
  } while (cursor);
  expect(seen).toHaveLength(6);
  expect(new Set(seen).size).toBe(6);
});

test('every route that answers with names and addresses of others declares so', () => {
  const telling = Object.entries(routes).filter(([, route]: [string, RouteDeclaration]) => route.discloses);
  expect(telling.map(([name]) => name).sort()).toEqual(['listAudit', 'listInvitations', 'listMembers']);
});
