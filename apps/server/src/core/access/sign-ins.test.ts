import { routes } from '@vakhta/api';
import { days } from '@vakhta/kernel';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPerson, PASSWORD, type RunningDesk, startDesk } from '../../../test/running-desk.ts';
import { TestBrowser } from '../../../test/test-browser.ts';

let desk: RunningDesk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

const signIn = (browser: TestBrowser, email: string, password = PASSWORD) =>
  browser.ask(routes.signIn, { body: { email, password } });

test('a person sees who came in as them and who tried to: when, from where, by what', async () => {
  const person = await createPerson(desk);
  await signIn(new TestBrowser(desk.url, 'Stranger/1'), person.email, 'a wrong guess');
  const browser = new TestBrowser(desk.url, 'Mine/1');
  await signIn(browser, person.email);
  const { items } = await browser.get(routes.listOwnSignIns);
  expect(items.map(({ outcome, by, device, address }) => [outcome, by, device, address])).toEqual([
    ['let_in', 'password', 'Mine/1', '127.0.0.1'],
    ['refused', null, 'Stranger/1', '127.0.0.1'],
  ]);
});

test('the guess that locks is told as such, and nobody sees another’s history', async () => {
  const [person, other] = [await createPerson(desk), await createPerson(desk)];
  const [browser, second] = [new TestBrowser(desk.url), new TestBrowser(desk.url)];
  await signIn(browser, person.email);
  for (let i = 0; i < 10; i++) await signIn(new TestBrowser(desk.url), person.email, 'a wrong guess');
  const { items } = await browser.get(routes.listOwnSignIns);
  expect(items[0]).toMatchObject({ outcome: 'locked_out', by: null });
  await signIn(second, other.email);
  expect((await second.get(routes.listOwnSignIns)).items).toHaveLength(1);
});

test('it is kept for half a year', async () => {
  const person = await createPerson(desk);
  const from = { device: 'Old/1', address: '192.0.2.1' };
  const now = Date.now();
  for (const ago of [days(181), days(179)])
    await desk.identity.signIns.note(person.id, { outcome: 'let_in', by: 'passkey' }, from, now - ago);
  await desk.identity.signIns.forgetPast(now);
  const left = await desk.identity.signIns.list(person.id, { limit: 10 });
  expect(left.map(({ at }) => at.getTime())).toEqual([now - days(179)]);
});
