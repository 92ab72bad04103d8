import { randomUUID } from 'node:crypto';
import { routes } from '@vakhta/api';
import { type MailServer, startMailServer } from '@vakhta/testkit/processes';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, PHONE, seriousFindings, shoot, type Visitor, visit } from './browser.ts';
import { type RunningDemo, startDemo } from './demo.ts';
import { eventually } from './eventually.ts';
import { signIn } from './sign-in.ts';

/** A person comes, forgets their password and is forgotten, in a real browser with a real mail server. */
const boris = {
  email: `boris-${randomUUID()}@example.org`,
  name: 'Boris',
  password: 'a long phrase for Boris',
};
const NEXT = 'quite another phrase for Boris';
let post: MailServer;
let demo: RunningDemo;
let browser: Browser;
let owner: Visitor;

beforeAll(async () => {
  post = await startMailServer();
  [demo, browser] = await Promise.all([
    startDemo({ settings: { VAKHTA_SMTP_URL: post.url, VAKHTA_MAIL_FROM: 'Vakhta <desk@vakhta.test>' } }),
    launchBrowser(),
  ]);
  owner = await visit(browser, demo.url);
  await signIn(owner.page, demo);
  await owner.page.getByRole('heading', { name: 'Desk' }).waitFor();
});
afterAll(async () => {
  await browser?.close();
  await post?.stop();
  expect(await demo?.stop()).toBe(0);
});

/** The link in the newest mail to Boris, once there are so many. */
async function mailedLink(count: number): Promise<string> {
  const mine = () => post.mails.filter(({ to }) => to.includes(boris.email));
  await eventually(() => mine().length >= count);
  const link = /http\S+#\S+/.exec(mine().at(-1)?.mail.text ?? '')?.[0];
  if (!link) throw new Error(`no link in ${mine().at(-1)?.mail.text}`);
  return link;
}

async function looksRight(page: Page, name: string): Promise<void> {
  await shoot(page, name);
  expect(await seriousFindings(page)).toEqual([]);
}
const isNarrow = async (page: Page) =>
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(PHONE.width);
const section = (page: Page, title: string) =>
  page.locator('section', { has: page.getByRole('heading', { name: title, exact: true }) });

test('somebody is invited by mail, stands among the invited, and comes in by the link on their phone', async () => {
  const { page } = owner;
  await page.goto(`${demo.url}/members`);
  await page.getByRole('button', { name: 'Invite' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('E-mail').fill(boris.email);
  await dialog.getByText('Русский').click();
  await looksRight(page, 'invite-wide-dark-en');
  await dialog.getByRole('button', { name: 'Invite' }).click();
  await page.getByText(`A mail is on its way to ${boris.email}`).waitFor();
  await page.getByRole('region', { name: 'Invited, not here yet' }).getByText(boris.email).waitFor();
  await looksRight(page, 'members-wide-dark-en');

  const link = await mailedLink(1);
  expect(post.mails.at(-1)?.mail.subject).toMatch(/^Вас приглашают/);
  const guest = await visit(browser, link, { viewport: PHONE, locale: 'ru-RU', colorScheme: 'light' });
  await guest.page.getByText(boris.email).waitFor();
  await looksRight(guest.page, 'join-phone-ru');
  await isNarrow(guest.page);
  await guest.page.getByLabel('Ваше имя').fill(boris.name);
  await guest.page.locator('input[type=password]').fill(boris.password);
  await guest.page.getByRole('button', { name: 'Присоединиться' }).click();
  await guest.page.getByRole('heading', { name: 'Пульт' }).waitFor();
  expect(guest.problems).toEqual([]);
  await guest.page.goto(link);
  await guest.page.getByText('Эта ссылка никуда не ведёт').waitFor();
  await guest.context.close();
});

test('after ten wrong passwords the door says that it is shut; a mailed link opens it with a new password', async () => {
  const { page, context } = await visit(browser, demo.url, { colorScheme: 'light' });
  for (let i = 0; i < 10; i++) {
    const refused = page.waitForResponse((response) => response.request().method() === 'POST');
    await signIn(page, { email: boris.email, password: `guess number ${i}` });
    expect((await refused).status()).toBe(401);
  }
  await signIn(page, boris);
  await page.getByText('Too many wrong attempts').waitFor();
  await looksRight(page, 'locked-out-wide-en');

  await page.getByRole('link', { name: 'Forgot the password?' }).click();
  // The page left has a field of the same name.
  await page.getByRole('heading', { name: 'A new password' }).waitFor();
  await page.getByLabel('E-mail').fill(boris.email);
  await looksRight(page, 'forgot-wide-en');
  await page.getByRole('button', { name: 'Mail me a link' }).click();
  await page.getByRole('heading', { name: 'Look into your mail' }).waitFor();
  await page.goto(await mailedLink(2));
  await page.locator('input[type=password]').fill('short');
  await page.getByRole('button', { name: 'Set the password' }).click();
  await page.getByRole('alert').waitFor();
  await page.locator('input[type=password]').fill(NEXT);
  await looksRight(page, 'reset-wide-en');
  await page.getByRole('button', { name: 'Set the password' }).click();
  await page.getByRole('heading', { name: 'The password is set' }).waitFor();
  await page.getByRole('link', { name: 'Sign in' }).click();
  await signIn(page, { email: boris.email, password: NEXT });
  await page.getByRole('heading', { name: 'Desk' }).waitFor();
  await context.close();
});

test('a person sees who came in as them and who looked at their data', async () => {
  const { page, context, problems } = await visit(browser, `${demo.url}/account`, {
    viewport: PHONE,
    locale: 'ru-RU',
    colorScheme: 'light',
  });
  await page.getByLabel('Электронная почта').fill(boris.email);
  await page.locator('input[type=password]').fill(NEXT);
  await page.getByRole('button', { name: 'Войти', exact: true }).click();
  const history = section(page, 'Кто входил под вашим именем');
  await history.getByText('Вход по паролю').first().waitFor();
  await history.getByRole('button', { name: 'Показать ещё' }).click();
  await history.getByText('Отказ: неверный пароль').first().waitFor();
  const looks = section(page, 'Кто смотрел данные людей');
  await looks.getByText('список участников').first().waitFor();
  await looks.scrollIntoViewIfNeeded();
  await looksRight(page, 'histories-phone-ru');
  await isNarrow(page);
  expect(problems).toEqual([]);
  await context.close();
});

test('a token is made for some of what one may do, and does no more', async () => {
  const { page } = owner;
  await page.goto(`${demo.url}/account`);
  const tokens = section(page, 'API tokens');
  await tokens.getByLabel('What for').fill('Night report');
  await tokens.getByRole('combobox', { name: 'What it may do' }).click();
  await page.getByRole('option', { name: 'See things and their state' }).click();
  await page.keyboard.press('Escape');
  await tokens.getByRole('button', { name: 'Make a token' }).click();
  const secret = (await tokens.locator('code').textContent()) ?? '';
  await tokens.getByText('See things and their state').first().waitFor();
  await tokens.scrollIntoViewIfNeeded();
  await looksRight(page, 'token-scopes-wide-dark-en');
  const ask = (path: string) =>
    fetch(`${demo.url}/api/v1${path}`, { headers: { authorization: `Bearer ${secret}` } });
  expect([(await ask('/things')).status, (await ask('/members')).status]).toEqual([200, 403]);
});

test('an owner has a person forgotten: their name is nowhere any more, what they did stays', async () => {
  const { page } = owner;
  await page.goto(`${demo.url}/members`);
  const row = page.getByRole('row', { name: new RegExp(boris.email) });
  await row.getByRole('button', { name: 'Forget' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('cannot be undone').waitFor();
  await looksRight(page, 'forget-wide-dark-en');
  await dialog.getByRole('button', { name: 'Forget' }).click();
  await page.getByText('Forgotten: no data of theirs is left').waitFor();
  await page.getByText(boris.email).waitFor({ state: 'detached' });
  await page.goto(`${demo.url}/audit`);
  await page.getByText('had the person forgotten').first().waitFor();
  await page.getByText('A former member').first().waitFor();
  expect(await page.getByText('Boris').count()).toBe(0);
  await looksRight(page, 'audit-after-forgetting');
  const { items } = await demo.api.call(routes.listMembers, { query: {} });
  expect(items.map(({ email }) => email)).not.toContain(boris.email);
  expect(owner.problems).toEqual([]);
});
