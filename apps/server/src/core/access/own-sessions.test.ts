import { routes } from '@vakhta/api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import WebSocket from 'ws';
import { seedOrganisation } from '../../../test/fixture.ts';
import {
  createPerson,
  joinWithToken,
  PASSWORD,
  type RunningDesk,
  startDesk,
} from '../../../test/running-desk.ts';
import { refusalOf, TestBrowser } from '../../../test/test-browser.ts';

let desk: RunningDesk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

async function newMember() {
  const { organisation } = await seedOrganisation(desk.database);
  const person = await createPerson(desk);
  return { organisation, person, ...(await joinWithToken(desk, organisation, person, ['viewer'])) };
}

async function signedIn(email: string, device?: string): Promise<TestBrowser> {
  const browser = new TestBrowser(desk.url, device);
  const { status } = await browser.ask(routes.signIn, { body: { email, password: PASSWORD } });
  expect(status).toBe(200);
  return browser;
}

const isIn = async (browser: TestBrowser) => (await browser.ask(routes.listThings)).status === 200;

/** A live socket of this browser; `closed` resolves with the close code. */
async function openLive(browser: TestBrowser) {
  const socket = new WebSocket(`${desk.url.replace('http', 'ws')}/api/v1/live`, {
    headers: { cookie: browser.cookie, origin: desk.url },
  });
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject));
  socket.send(JSON.stringify({ subscribe: {} }));
  await new Promise((resolve) => socket.on('message', resolve));
  return { socket, closed };
}

test('sessions are listed with device and address, and which is this one', async () => {
  const { person } = await newMember();
  const laptop = await signedIn(person.email, 'Laptop/1');
  await signedIn(person.email, 'Phone/2 (naïve)');
  const { items } = await laptop.get(routes.listOwnSessions);
  expect(items.map(({ device, address, current }) => [device, address, current]).sort()).toEqual([
    ['Laptop/1', '127.0.0.1', true],
    ['Phone/2 (na?ve)', '127.0.0.1', false],
  ]);
});

test('an ended session is dead at once, its live socket is closed, and the others go on', async () => {
  const { person } = await newMember();
  const [mine, lost, third] = [
    await signedIn(person.email, 'Mine'),
    await signedIn(person.email, 'Lost'),
    await signedIn(person.email, 'Third'),
  ];
  const [mySocket, lostSocket] = [await openLive(mine), await openLive(lost)];
  const { items } = await mine.get(routes.listOwnSessions);
  const session = items.find(({ device }) => device === 'Lost')!.id;
  expect((await mine.ask(routes.endOwnSession, { params: { session } })).status).toBe(204);
  expect(await lostSocket.closed).toBe(4401);
  expect(await isIn(lost)).toBe(false);
  expect([await isIn(mine), await isIn(third)]).toEqual([true, true]);
  expect(mySocket.socket.readyState).toBe(WebSocket.OPEN);
  expect((await mine.ask(routes.endOtherSessions)).status).toBe(204);
  expect([await isIn(mine), await isIn(third)]).toEqual([true, false]);
  mySocket.socket.terminate();
});

test('a session stolen before its person signed out is dead after it, its socket too', async () => {
  const { person } = await newMember();
  const browser = await signedIn(person.email);
  const thief = browser.stolen();
  const { closed } = await openLive(thief);
  expect(await isIn(thief)).toBe(true);
  expect((await browser.ask(routes.signOut)).status).toBe(204);
  expect(await closed).toBe(4401);
  expect(await refusalOf(await thief.ask(routes.getSession))).toEqual([401, 'not_signed_in']);
});

test('nobody ends a session of somebody else', async () => {
  const [ours, theirs] = [await newMember(), await newMember()];
  const [mine, other] = [await signedIn(ours.person.email), await signedIn(theirs.person.email)];
  const session = (await other.get(routes.listOwnSessions)).items[0]!.id;
  expect(await refusalOf(await mine.ask(routes.endOwnSession, { params: { session } }))).toEqual([
    404,
    'not_found',
  ]);
  expect(await isIn(other)).toBe(true);
});

test('a revoked token’s live socket is closed at once', async () => {
  const { token, tokenId } = await newMember();
  const headers = { authorization: `Bearer ${token}` };
  const socket = new WebSocket(`${desk.url.replace('http', 'ws')}/api/v1/live`, { headers });
  const closed = new Promise((resolve) => socket.on('close', resolve));
  await new Promise((resolve) => socket.on('open', resolve));
  socket.send(JSON.stringify({ subscribe: {} }));
  await new Promise((resolve) => socket.on('message', resolve));
  const revoked = await fetch(`${desk.url}/api/v1/tokens/${tokenId}`, { method: 'DELETE', headers });
  expect(revoked.status).toBe(204);
  expect(await closed).toBe(4401);
});

test('being locked out is said as such, and is in the audit of the person’s organisation', async () => {
  const { person, organisation } = await newMember();
  const browser = new TestBrowser(desk.url);
  const guess = () =>
    browser.ask(routes.signIn, { body: { email: person.email, password: 'not the password' } });
  for (let i = 0; i < 10; i++) expect((await guess()).status).toBe(401);
  expect(await refusalOf(await guess())).toEqual([429, 'locked_out']);
  const audited = await desk.database.tenant(organisation, (tx) =>
    tx.selectFrom('audit').select(['action', 'actor_kind']).orderBy('id').execute(),
  );
  expect(audited.filter(({ action }) => action === 'session.refused')).toHaveLength(10);
  expect(audited.at(-1)).toEqual({ action: 'session.locked_out', actor_kind: 'system' });
});
