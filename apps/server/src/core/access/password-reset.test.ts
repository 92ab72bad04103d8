import { routes } from '@vakhta/api';
import { type MailServer, startMailServer } from '@vakhta/testkit/processes';
import { sql } from 'kysely';
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

const NEXT = 'another phrase altogether';
let post: MailServer;
let desk: RunningDesk;
let browser: TestBrowser;
beforeAll(async () => {
  post = await startMailServer();
  desk = await startDesk({
    mail: { url: post.url, from: 'Vakhta <desk@vakhta.test>' },
    publicUrl: 'https://desk.test',
  });
  browser = new TestBrowser(desk.url);
});
afterAll(async () => {
  await desk.stop();
  await post.stop();
});

async function newMember() {
  const { organisation } = await seedOrganisation(desk.database);
  const person = await createPerson(desk);
  await joinWithToken(desk, organisation, person, ['viewer']);
  return { organisation, person };
}

const forget = (email: string, language: 'en' | 'ru' = 'en') =>
  browser.ask(routes.forgotPassword, { body: { email, language } });
const reset = (token: string, password = NEXT) =>
  browser.ask(routes.resetPassword, { body: { token, password } });
const signIn = (email: string, password: string, at = new TestBrowser(desk.url)) =>
  at.ask(routes.signIn, { body: { email, password } });
const countOf = async (table: string) => {
  const { rows } = await desk.database.pool.query<{ count: number }>(`select count(*) from ${table}`);
  return rows[0]!.count;
};

test('a link by mail sets a new password once; every session ends and the former password is void', async () => {
  const { person, organisation } = await newMember();
  const before = new TestBrowser(desk.url);
  expect((await signIn(person.email, PASSWORD, before)).status).toBe(200);
  expect((await forget(person.email)).status).toBe(204);
  const mail = await letterTo(post, person.email);
  expect(mail.subject).toBe('A new password for the Vakhta desk');
  expect(mail.text).toMatch(/https:\/\/desk\.test\/reset#\S+\n/);
  const token = tokenIn(mail.text);
  expect(await browser.get(routes.lookAtReset, { body: { token } })).toEqual({ good: true });
  expect((await reset(token)).status).toBe(204);
  expect(await refusalOf(await before.ask(routes.getSession))).toEqual([401, 'not_signed_in']);
  expect((await signIn(person.email, PASSWORD)).status).toBe(401);
  expect((await signIn(person.email, NEXT)).status).toBe(200);
  expect(await refusalOf(await reset(token, 'a third phrase for it'))).toEqual([422, 'link_void']);
  expect(await browser.get(routes.lookAtReset, { body: { token } })).toEqual({ good: false });
  const audited = await desk.database.tenant(organisation, (tx) =>
    tx.selectFrom('audit').select(['action']).orderBy('id').execute(),
  );
  expect(audited.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['password.reset_requested', 'password.reset_by_mail']),
  );
});

test('who asks for an e-mail that nobody has is answered the same, and nothing is sent', async () => {
  const { person } = await newMember();
  const [known, unknown] = [await forget(person.email, 'ru'), await forget('nobody-here@example.org')];
  expect([unknown.status, await unknown.text()]).toEqual([known.status, await known.text()]);
  expect((await letterTo(post, person.email)).subject).toBe('Новый пароль для пульта «Вахта»');
  expect(post.mails.filter(({ to }) => to.includes('nobody-here@example.org'))).toEqual([]);
  for (let i = 1; i < 3; i++)
    expect([(await forget(person.email)).status, (await forget('nobody-here@example.org')).status]).toEqual([
      204, 204,
    ]);
  expect(await refusalOf(await forget(person.email))).toEqual([429, 'too_many_requests']);
  expect(await refusalOf(await forget('nobody-here@example.org'))).toEqual([429, 'too_many_requests']);
});

test('a used link voids the others of its person; one that has expired opens nothing', async () => {
  const { person } = await newMember();
  await forget(person.email);
  const first = tokenIn((await letterTo(post, person.email)).text);
  await forget(person.email);
  const second = tokenIn((await letterTo(post, person.email, 2)).text);
  expect(second).not.toBe(first);
  expect((await reset(second)).status).toBe(204);
  expect(await refusalOf(await reset(first))).toEqual([422, 'link_void']);
  await forget(person.email);
  const third = tokenIn((await letterTo(post, person.email, 3)).text);
  await desk.database.pool.query('update auth.password_resets set expires_at = now()');
  expect(await refusalOf(await reset(third))).toEqual([422, 'link_void']);
  await desk.identity.resets.forgetPast(Date.now());
  expect(await countOf('auth.password_resets')).toBe(0);
});

test('a link is in no table, and a new password that is too short spends none', async () => {
  const { person } = await newMember();
  await forget(person.email);
  const token = tokenIn((await letterTo(post, person.email)).text);
  const { rows } = await desk.database.pool.query<{ line: string }>(
    'select to_jsonb(r)::text as line from auth.password_resets r',
  );
  const proof = token.split('.')[1]!;
  expect(rows.map(({ line }) => line).join()).not.toContain(proof);
  expect(await refusalOf(await reset(token, 'short'))).toEqual([400, 'invalid_field']);
  expect((await reset(token)).status).toBe(204);
});

test('a link leads to the desk’s own address, whatever the request says of itself', async () => {
  const { person } = await newMember();
  await browser.ask(routes.forgotPassword, {
    body: { email: person.email, language: 'en' },
    headers: {
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'http',
      forwarded: 'host=evil.example',
    },
  });
  const { text = '' } = await letterTo(post, person.email);
  expect(text.match(/https?:\/\/[^/]+/g)).toEqual(['https://desk.test']);
});

test('a mail that could not be sent is sent again, the same one', async () => {
  const { person } = await newMember();
  post.refuseWith('come back later');
  await forget(person.email);
  for (;;) {
    const { rows } = await desk.database.pool.query<{ mail_error: string | null }>(
      'select mail_error from auth.password_resets where user_id = $1',
      [person.id],
    );
    if (rows[0]?.mail_error) break;
  }
  post.refuseWith(undefined);
  await desk.database.pool.query('update auth.password_resets set mail_due_at = now()');
  expect((await letterTo(post, person.email)).text).toContain('/reset#');
});

test('whoever was locked out by another’s guessing is let in after a reset; the second factor stays', async () => {
  const { person } = await newMember();
  for (let i = 0; i < 10; i++) await signIn(person.email, 'not the password');
  expect(await refusalOf(await signIn(person.email, PASSWORD))).toEqual([429, 'locked_out']);
  await forget(person.email);
  await desk.database.owner((tx) =>
    sql`update auth."user" set "twoFactorEnabled" = true where id = ${person.id}`.execute(tx),
  );
  expect((await reset(tokenIn((await letterTo(post, person.email)).text))).status).toBe(204);
  expect(await desk.identity.secondFactor.isOn(person.id)).toBe(true);
  await desk.database.owner((tx) =>
    sql`update auth."user" set "twoFactorEnabled" = false where id = ${person.id}`.execute(tx),
  );
  expect((await signIn(person.email, NEXT)).status).toBe(200);
});

test('an e-mail that nobody has is locked just like one that somebody has', async () => {
  for (let i = 0; i < 10; i++)
    expect(await refusalOf(await signIn('nobody-at-all@example.org', 'a guess'))).toEqual([
      401,
      'wrong_credentials',
    ]);
  expect(await refusalOf(await signIn('nobody-at-all@example.org', 'a guess'))).toEqual([429, 'locked_out']);
});

test('a server that sends no mail says so, and what the sign-in page can offer', async () => {
  expect(await browser.get(routes.getDoor)).toMatchObject({ mail: true });
  const mute = await startDesk();
  try {
    const there = new TestBrowser(mute.url);
    expect(await there.get(routes.getDoor)).toEqual({ mail: false, empty: true });
    const asked = await there.ask(routes.forgotPassword, {
      body: { email: 'a@example.org', language: 'en' },
    });
    expect(await refusalOf(asked)).toEqual([503, 'unavailable']);
  } finally {
    await mute.stop();
  }
});
