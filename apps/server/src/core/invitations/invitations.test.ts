import { type ApiClient, createClient, type Role, routes } from '@vakhta/api';
import type { OrganisationId } from '@vakhta/kernel';
import { type MailServer, startMailServer } from '@vakhta/testkit/processes';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seedOrganisation } from '../../../test/fixture.ts';
import { letterTo, tokenIn } from '../../../test/letters.ts';
import {
  createPerson,
  joinWithToken,
  PASSWORD,
  type RunningDesk,
  startDesk,
} from '../../../test/running-desk.ts';
import { refusalOf, TestBrowser } from '../../../test/test-browser.ts';

let post: MailServer;
let desk: RunningDesk;
let organisation: OrganisationId;
let manager: ApiClient;
let invited = 0;
const address = () => `guest-${++invited}@example.org`;

beforeAll(async () => {
  post = await startMailServer();
  desk = await startDesk({ mail: { url: post.url, from: 'Vakhta <desk@vakhta.test>' } });
  ({ organisation } = await seedOrganisation(desk.database));
  manager = await join(['manager']);
});
afterAll(async () => {
  await desk.stop();
  await post.stop();
});

async function join(roles: Role[], at = desk) {
  const { token } = await joinWithToken(at, organisation, await createPerson(at), roles);
  return createClient({ server: at.url, token });
}
const invite = (email: string, roles: Role[] = ['operator'], by = manager) =>
  by.call(routes.invite, { body: { email, roles, language: 'en' } });
const newcomer = (token: string) => ({ token, name: 'Guest', password: PASSWORD });
const mailedToken = async (email: string) => tokenIn((await letterTo(post, email)).text);

test('who is invited by mail joins with a name and a password of their own, and is signed in', async () => {
  const email = address();
  const made = await invite(email);
  expect(made).toMatchObject({ email, roles: ['operator'], link: null, expired: false });
  const mail = await letterTo(post, email);
  expect(mail.subject).toBe('You are invited to Test');
  expect(mail.text).toContain(`${desk.url}/join#`);
  const token = tokenIn(mail.text);
  const browser = new TestBrowser(desk.url);
  expect(await browser.get(routes.lookAtInvitation, { body: { token } })).toEqual({
    organisation: 'Test',
    email,
    roles: ['operator'],
    known: false,
  });
  const session = await browser.get(routes.joinAsNew, { body: newcomer(token) });
  expect(session.memberships).toMatchObject([{ organisation: { id: organisation }, roles: ['operator'] }]);
  expect((await browser.ask(routes.listThings)).status).toBe(200);
  expect((await manager.call(routes.listInvitations)).items.map((one) => one.id)).not.toContain(made.id);
  const again = new TestBrowser(desk.url);
  expect(await refusalOf(await again.ask(routes.joinAsNew, { body: newcomer(token) }))).toEqual([
    422,
    'link_void',
  ]);
  const { items } = await manager.call(routes.listAudit, { query: { action: 'member.joined' } });
  expect(items[0]).toMatchObject({ actor: { name: 'Guest' }, detail: { roles: ['operator'] } });
});

test('who is here already joins as the one they are signed in as, and as nobody else', async () => {
  const person = await createPerson(desk);
  await invite(person.email, ['viewer']);
  const token = await mailedToken(person.email);
  const browser = new TestBrowser(desk.url);
  expect(await browser.get(routes.lookAtInvitation, { body: { token } })).toMatchObject({ known: true });
  expect(await refusalOf(await browser.ask(routes.joinAsNew, { body: newcomer(token) }))).toEqual([
    409,
    'conflict',
  ]);
  const other = new TestBrowser(desk.url);
  const stranger = await createPerson(desk);
  await other.get(routes.signIn, { body: { email: stranger.email, password: PASSWORD } });
  expect(await refusalOf(await other.ask(routes.join, { body: { token } }))).toEqual([403, 'forbidden']);
  await browser.get(routes.signIn, { body: { email: person.email, password: PASSWORD } });
  expect((await browser.ask(routes.join, { body: { token } })).status).toBe(204);
  const { memberships } = await browser.get(routes.getSession);
  expect(memberships.map((one) => one.organisation.id)).toEqual([organisation]);
  await expect(invite(person.email)).rejects.toMatchObject({ code: 'conflict' });
});

test('a withdrawn invitation and an expired one open nothing; a renewed one does again, by a new mail', async () => {
  const email = address();
  const { id } = await invite(email);
  const token = await mailedToken(email);
  const look = async () =>
    refusalOf(await new TestBrowser(desk.url).ask(routes.lookAtInvitation, { body: { token } }));
  await desk.database.pool.query('update invitations set expires_at = now() where id = $1', [id]);
  expect(await look()).toEqual([422, 'link_void']);
  expect((await manager.call(routes.listInvitations)).items.find((one) => one.id === id)?.expired).toBe(true);
  await manager.call(routes.renewInvitation, { params: { invitation: id } });
  const mail = await letterTo(post, email, 2);
  expect(mail.messageId).not.toBe(post.mails.find(({ to }) => to.includes(email))!.mail.messageId);
  expect((await look())[0]).toBe(200);
  await manager.call(routes.withdrawInvitation, { params: { invitation: id } });
  expect(await look()).toEqual([422, 'link_void']);
});

test('only an owner invites an owner, and one address is invited once', async () => {
  const email = address();
  await expect(invite(email, ['owner'])).rejects.toMatchObject({ code: 'forbidden' });
  const owner = await join(['owner']);
  const { id } = await invite(email, ['owner'], owner);
  await expect(invite(email)).rejects.toMatchObject({ code: 'conflict', status: 409 });
  await expect(manager.call(routes.renewInvitation, { params: { invitation: id } })).rejects.toMatchObject({
    code: 'forbidden',
  });
});

test('two who follow one link at the same moment make one member', async () => {
  const email = address();
  await invite(email);
  const token = await mailedToken(email);
  const outcomes = await Promise.all(
    Array.from({ length: 4 }, () =>
      new TestBrowser(desk.url).ask(routes.joinAsNew, { body: newcomer(token) }),
    ),
  );
  expect(outcomes.filter(({ status }) => status === 200)).toHaveLength(1);
  for (const { status } of outcomes) expect([200, 409, 422]).toContain(status);
});

test('without a mail server the link is handed to whoever invites', async () => {
  const mute = await startDesk();
  try {
    ({ organisation } = await seedOrganisation(mute.database));
    const email = address();
    const { link } = await invite(email, ['viewer'], await join(['manager'], mute));
    expect(link).toMatch(new RegExp(`^${mute.url}/join#`));
    const browser = new TestBrowser(mute.url);
    await browser.get(routes.joinAsNew, { body: newcomer(tokenIn(link)) });
    expect((await browser.ask(routes.listThings)).status).toBe(200);
  } finally {
    await mute.stop();
  }
});
