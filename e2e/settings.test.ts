import { routes } from '@vakhta/api';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, PHONE, seriousFindings, shoot, visit } from './browser.ts';
import { type RunningDemo, startDemo } from './demo.ts';
import { signIn } from './sign-in.ts';

/** The page of the desk's settings. The environment of this demo names the topic at the broker. */
let demo: RunningDemo;
let browser: Browser;
beforeAll(async () => {
  [demo, browser] = await Promise.all([
    startDemo({ settings: { VAKHTA_MQTT_TOPIC: 'metro' } }),
    launchBrowser(),
  ]);
});
afterAll(async () => {
  await browser?.close();
  expect(await demo?.stop()).toBe(0);
});

test('an owner sets up mail in the panel; a fault is told beside its field, and the password is seen no more', async () => {
  const { page, context, problems } = await visit(browser, demo.url);
  await signIn(page, demo);
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('heading', { name: 'Settings' }).waitFor();
  const mail = page.locator('section', { has: page.getByRole('heading', { name: 'Mail' }) });
  await mail.getByLabel('Mail server').fill('smtps://desk:open-sesame@mail.metro.example');
  await mail.getByRole('button', { name: 'Save' }).click();
  await mail.getByText('Needed', { exact: true }).waitFor();
  expect((await demo.api.call(routes.getDoor)).mail).toBe(false);
  await mail.getByLabel('Sender of mails').fill('Vakhta <desk@metro.example>');
  await mail.getByRole('button', { name: 'Save' }).click();
  await mail.getByText('smtps://desk:•••@mail.metro.example').waitFor();
  expect((await demo.api.call(routes.getDoor)).mail).toBe(true);
  expect(await page.content()).not.toContain('open-sesame');
  // What the environment says is shown and no field is drawn for it.
  await page.getByText('VAKHTA_MQTT_TOPIC').waitFor();
  expect(await page.getByRole('textbox', { name: 'MQTT topic' }).count()).toBe(0);
  expect(await seriousFindings(page)).toEqual([]);
  await mail.getByRole('button', { name: 'Back to the defaults' }).click();
  await expect.poll(async () => (await demo.api.call(routes.getDoor)).mail).toBe(false);
  // The refusal that the page showed in words is an answer of 400, which a browser notes for developers.
  expect(problems.filter((problem) => !problem.includes('400'))).toEqual([]);
  await context.close();
});

test('the page fits a desk and a phone, dark and light, in both languages', async () => {
  await demo.api.call(routes.changeDeskSettings, {
    body: {
      values: {
        VAKHTA_SMTP_URL: 'smtps://desk:open-sesame@mail.metro.example',
        VAKHTA_MAIL_FROM: 'Vakhta <desk@metro.example>',
        VAKHTA_KEEP_VALUES_DAYS: 400,
      },
    },
  });
  for (const [name, options, title] of [
    ['wide-dark-en', {}, 'Settings'],
    ['wide-light-ru', { locale: 'ru-RU', colorScheme: 'light' }, 'Настройки'],
    ['phone-dark-ru', { viewport: PHONE, locale: 'ru-RU' }, 'Настройки'],
    ['phone-light-en', { viewport: PHONE, colorScheme: 'light' }, 'Settings'],
  ] as const) {
    const { page, context } = await visit(browser, `${demo.url}/settings`, options);
    await page.locator('input[type=email]').fill(demo.email);
    await page.locator('input[type=password]').fill(demo.password);
    await page.locator('input[type=password]').press('Enter');
    await page.getByRole('heading', { name: title, exact: true }).waitFor();
    await page.getByText('smtps://desk:•••@mail.metro.example').waitFor();
    const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
    expect(await page.evaluate<number>(overflow)).toBeLessThanOrEqual(0);
    await shoot(page, `settings-${name}`);
    await context.close();
  }
});
