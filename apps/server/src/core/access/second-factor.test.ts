import { routes } from '@vakhta/api';
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
import { totp } from '../../../test/totp.ts';

let desk: RunningDesk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

async function newMember(roles: ('owner' | 'viewer')[] = ['viewer']) {
  const { organisation } = await seedOrganisation(desk.database);
  const person = await createPerson(desk);
  await joinWithToken(desk, organisation, person, roles);
  const browser = new TestBrowser(desk.url);
  await signIn(browser, person.email);
  return { organisation, person, browser };
}

const signIn = (browser: TestBrowser, email: string) =>
  browser.ask(routes.signIn, { body: { email, password: PASSWORD } });

const codeOf = (uri: string) => totp(uri, Date.now());
const wrongCodeOf = (uri: string) => String((Number(codeOf(uri)) + 1) % 1_000_000).padStart(6, '0');

/** Sets it up; returns what the app would know, and the recovery codes. */
async function setUp(browser: TestBrowser) {
  const begun = await browser.get(routes.beginSecondFactor, { body: { password: PASSWORD } });
  const confirmed = await browser.ask(routes.confirmSecondFactor, { body: { code: codeOf(begun.uri) } });
  expect(confirmed.status).toBe(204);
  return begun;
}

test('once set up, the password alone opens nothing; with the app’s code it opens', async () => {
  const { person, browser } = await newMember();
  const { uri } = await setUp(browser);
  expect((await browser.get(routes.getSession)).user.secondFactor).toBe(true);
  const other = new TestBrowser(desk.url);
  expect(await refusalOf(await signIn(other, person.email))).toEqual([401, 'second_factor_needed']);
  expect((await other.ask(routes.getSession)).status).toBe(401);
  expect(await refusalOf(await other.ask(routes.signInByCode, { body: { code: wrongCodeOf(uri) } }))).toEqual(
    [401, 'wrong_credentials'],
  );
  const session = await other.get(routes.signInByCode, { body: { code: codeOf(uri) } });
  expect(session.user.email).toBe(person.email);
  expect((await other.ask(routes.listThings)).status).toBe(200);
});

test('it is not on before a code has proven that the app knows it', async () => {
  const { person, browser } = await newMember();
  const { uri } = await browser.get(routes.beginSecondFactor, { body: { password: PASSWORD } });
  const wrong = await browser.ask(routes.confirmSecondFactor, { body: { code: wrongCodeOf(uri) } });
  expect(await refusalOf(wrong)).toEqual([401, 'wrong_credentials']);
  expect((await signIn(new TestBrowser(desk.url), person.email)).status).toBe(200);
});

test('turning it on ends the sessions that only a password began', async () => {
  const { person, browser } = await newMember();
  const other = new TestBrowser(desk.url);
  await signIn(other, person.email);
  await setUp(browser);
  expect((await other.ask(routes.getSession)).status).toBe(401);
  expect((await browser.ask(routes.getSession)).status).toBe(200);
});

test('a recovery code opens once', async () => {
  const { person, browser } = await newMember();
  const { recoveryCodes } = await setUp(browser);
  expect(new Set(recoveryCodes).size).toBe(10);
  const body = { recoveryCode: recoveryCodes[3] };
  const outcome = async () => {
    const other = new TestBrowser(desk.url);
    await signIn(other, person.email);
    return (await other.ask(routes.signInByCode, { body })).status;
  };
  expect([await outcome(), await outcome()]).toEqual([200, 401]);
});

test('new recovery codes make the former void', async () => {
  const { person, browser } = await newMember();
  const { recoveryCodes: former } = await setUp(browser);
  const { recoveryCodes } = await browser.get(routes.renewRecoveryCodes, { body: { password: PASSWORD } });
  const outcome = async (recoveryCode: string) => {
    const other = new TestBrowser(desk.url);
    await signIn(other, person.email);
    return (await other.ask(routes.signInByCode, { body: { recoveryCode } })).status;
  };
  expect([await outcome(former[0]!), await outcome(recoveryCodes[0]!)]).toEqual([401, 200]);
});

test('setting up, renewing and giving up ask for the password; a wrong one is told at its field', async () => {
  const { browser, person } = await newMember();
  const wrong = { body: { password: 'not the password' } };
  expect(await refusalOf(await browser.ask(routes.beginSecondFactor, wrong))).toEqual([
    401,
    'wrong_credentials',
  ]);
  await setUp(browser);
  for (const route of [routes.renewRecoveryCodes, routes.turnOffSecondFactor])
    expect((await browser.ask(route, wrong)).status).toBe(401);
  const off = await browser.ask(routes.turnOffSecondFactor, { body: { password: PASSWORD } });
  expect(off.status).toBe(204);
  expect((await browser.get(routes.getSession)).user.secondFactor).toBe(false);
  expect((await signIn(new TestBrowser(desk.url), person.email)).status).toBe(200);
});

test('codes are guessed at five times per password, ten times in all', async () => {
  const { person, browser } = await newMember();
  const { uri } = await setUp(browser);
  const codes: (string | undefined)[] = [];
  for (let round = 0; round < 3; round++) {
    const other = new TestBrowser(desk.url);
    await signIn(other, person.email);
    for (let i = 0; i < 5; i++)
      codes.push(
        (await refusalOf(await other.ask(routes.signInByCode, { body: { code: wrongCodeOf(uri) } })))[1],
      );
    if (round === 0)
      expect(await refusalOf(await other.ask(routes.signInByCode, { body: { code: codeOf(uri) } }))).toEqual([
        401,
        'not_signed_in',
      ]);
  }
  expect(codes.slice(0, 10)).toEqual(Array(10).fill('wrong_credentials'));
  expect(codes.slice(10)).toEqual(Array(5).fill('locked_out'));
});

test('the step belongs to who gave the password: without its cookie a right code opens nothing', async () => {
  const { browser } = await newMember();
  const { uri } = await setUp(browser);
  const stranger = new TestBrowser(desk.url);
  expect(await refusalOf(await stranger.ask(routes.signInByCode, { body: { code: codeOf(uri) } }))).toEqual([
    401,
    'not_signed_in',
  ]);
});

test('an organisation that requires it lets nobody in without, but to their own account', async () => {
  const { organisation, browser } = await newMember(['owner']);
  const person = await createPerson(desk);
  const { token } = await joinWithToken(desk, organisation, person, ['viewer']);
  const viewer = new TestBrowser(desk.url);
  await signIn(viewer, person.email);
  expect(
    await refusalOf(await browser.ask(routes.requireSecondFactor, { body: { required: true } })),
  ).toEqual([403, 'second_factor_required']);
  await setUp(browser);
  expect(await browser.get(routes.requireSecondFactor, { body: { required: true } })).toMatchObject({
    secondFactorRequired: true,
  });
  expect(await refusalOf(await viewer.ask(routes.listThings))).toEqual([403, 'second_factor_required']);
  expect((await viewer.get(routes.getSession)).memberships[0]).toMatchObject({ lacksSecondFactor: true });
  await setUp(viewer);
  expect((await viewer.ask(routes.listThings)).status).toBe(200);
  const byToken = await fetch(`${desk.url}/api/v1/things`, { headers: { authorization: `Bearer ${token}` } });
  expect(byToken.status).toBe(200);
});

test('the secret and the recovery codes are in no table as they are', async () => {
  const { browser } = await newMember();
  const { uri, recoveryCodes } = await setUp(browser);
  const { rows } = await desk.database.pool.query('select * from auth."twoFactor"');
  const kept = JSON.stringify(rows);
  expect(kept).not.toContain(new URL(uri).searchParams.get('secret'));
  for (const code of recoveryCodes) expect(kept).not.toContain(code);
});

test('a made-up passkey is refused in words, and asking for one needs the password', async () => {
  const { browser } = await newMember();
  await browser.ask(routes.challengeToSignIn);
  const credential = {
    id: 'AAAA',
    rawId: 'AAAA',
    type: 'public-key',
    clientExtensionResults: {},
    response: { clientDataJSON: 'AAAA', authenticatorData: 'AAAA', signature: 'AAAA' },
  };
  expect(await refusalOf(await browser.ask(routes.signInByPasskey, { body: { credential } }))).toEqual([
    401,
    'wrong_credentials',
  ]);
  const wrong = { body: { password: 'not the password' } };
  expect((await browser.ask(routes.challengeToAddPasskey, wrong)).status).toBe(401);
});
