import { randomUUID } from 'node:crypto';
import { routes } from '@vakhta/api';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { totp } from '../apps/server/test/totp.ts';
import { launchBrowser, PHONE, seriousFindings, shoot, type Visitor, visit } from './browser.ts';
import { type RunningDemo, startDemo } from './demo.ts';
import { signIn } from './sign-in.ts';

/** What a person does about their own account. The steps build on one another. */
const anna = { email: `anna-${randomUUID()}@example.org`, name: 'Anna', password: 'a long phrase for Anna' };
let demo: RunningDemo;
let browser: Browser;
let person: Visitor;
/** By name: a passkey belongs to one, and the demo's address is a number. */
let url: string;
let otpauth: string;
let recoveryCodes: string[];

beforeAll(async () => {
  [demo, browser] = await Promise.all([startDemo(), launchBrowser()]);
  url = demo.url.replace('127.0.0.1', 'localhost');
  await demo.api.call(routes.addMember, { body: { ...anna, roles: ['viewer'] } });
  person = await visit(browser, url);
});
afterAll(async () => {
  await browser?.close();
  expect(await demo?.stop()).toBe(0);
});

const section = (page: Page, title: string) =>
  page.locator('section', { has: page.getByRole('heading', { name: title, exact: true }) });

async function toAccount(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Account' }).first().click();
  await page.getByRole('heading', { name: 'Account' }).waitFor();
}

/** Types the password into the dialog that asks for it once more. */
async function confirmPassword(page: Page, action: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.locator('input[type=password]').fill(anna.password);
  await dialog.getByRole('button', { name: action }).click();
}

async function enterCode(page: Page, code: string): Promise<void> {
  await page.locator('[aria-label="Code"] input, input[aria-label="Code"]').first().click();
  await page.keyboard.type(code);
}

test('a session ended from another browser is thrown out of its page at once', async () => {
  const { page } = person;
  await signIn(page, anna);
  await page.getByRole('heading', { name: 'Desk' }).waitFor();
  const other = await visit(browser, url, { viewport: PHONE });
  await signIn(other.page, anna);
  await other.page.getByRole('heading', { name: 'Desk' }).waitFor();
  await toAccount(page);
  const sessions = section(page, 'Where you are signed in');
  await sessions.getByText('Chrome · Linux').nth(1).waitFor();
  await sessions.getByRole('button', { name: 'End', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'End', exact: true }).click();
  await other.page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
  await other.context.close();
});

test('a second factor is set up with the app’s picture; a code is then asked for at the door', async () => {
  const { page, context } = person;
  await section(page, 'Second factor').getByRole('button', { name: 'Set up' }).click();
  await confirmPassword(page, 'Continue');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor();
  await dialog.getByText('Cannot scan?').click();
  const secret = await dialog.locator('code').textContent();
  otpauth = `otpauth://totp/Vakhta?secret=${secret}`;
  await shoot(page, 'second-factor-set-up');
  expect(await seriousFindings(page)).toEqual([]);
  await enterCode(page, totp(otpauth, Date.now()));
  await dialog.getByRole('button', { name: 'Turn on' }).click();
  const codes = section(page, 'Second factor').locator('code');
  await codes.waitFor();
  recoveryCodes = (await codes.textContent())?.split('\n') ?? [];
  expect(recoveryCodes).toHaveLength(10);
  await section(page, 'Second factor').getByText('On: signing in').waitFor();
  await shoot(page, 'account-wide-dark-en');
  expect(await seriousFindings(page)).toEqual([]);

  await context.clearCookies();
  await page.goto(url);
  await signIn(page, anna);
  await page.getByRole('heading', { name: 'Second factor' }).waitFor();
  await shoot(page, 'sign-in-code');
  expect(await seriousFindings(page)).toEqual([]);
  await enterCode(page, totp(otpauth, Date.now()));
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { name: 'Desk' }).waitFor();
});

test('a recovery code opens the door on a phone, in Russian and in the light', async () => {
  const { page, context, problems } = await visit(browser, url, {
    viewport: PHONE,
    locale: 'ru-RU',
    colorScheme: 'light',
  });
  await page.getByLabel('Электронная почта').fill(anna.email);
  await page.locator('input[type=password]').fill(anna.password);
  await page.getByRole('button', { name: 'Войти', exact: true }).click();
  await page.getByRole('button', { name: 'Приложение недоступно' }).click();
  await page.getByLabel('Запасной код').fill(recoveryCodes[0]!);
  await page.getByRole('button', { name: 'Войти', exact: true }).click();
  await page.getByRole('heading', { name: 'Пульт' }).waitFor();
  await page.goto(`${url}/account`);
  await page.getByRole('heading', { name: 'Где выполнен вход' }).waitFor();
  await shoot(page, 'account-phone-light-ru');
  expect(await seriousFindings(page)).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(PHONE.width);
  expect(problems).toEqual([]);
  await context.close();
});

test('a passkey is made, named and opens the door without a password; once removed it does not', async () => {
  const { page, context } = person;
  const devtools = await context.newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await toAccount(page);
  const passkeys = section(page, 'Passkeys');
  await passkeys.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Work laptop');
  await confirmPassword(page, 'Make the passkey');
  await passkeys.getByText('Work laptop').waitFor();
  await passkeys.getByRole('button', { name: 'Rename' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Anna’s laptop');
  await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
  await passkeys.getByText('Anna’s laptop').waitFor();

  const openByPasskey = async () => {
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  };
  await openByPasskey();
  await page.getByRole('heading', { name: 'Desk' }).waitFor();

  await toAccount(page);
  await passkeys.getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await passkeys.getByText('No passkeys yet.').waitFor();
  await openByPasskey();
  await page.getByText('This passkey is not known here.').waitFor();
  expect(person.problems).toEqual([]);
});
