import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { routes } from '@vakhta/api';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stageSdk } from '../packages/sdk/pack/stage-sdk.ts';
import { launchBrowser, PHONE, seriousFindings, shoot, visit } from './browser.ts';
import { type RunningDemo, startDemo } from './demo.ts';
import { signIn } from './sign-in.ts';

/** The API's page, and the SDK in a browser. */
let demo: RunningDemo;
let browser: Browser;
beforeAll(async () => {
  [demo, browser] = await Promise.all([startDemo(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  expect(await demo?.stop()).toBe(0);
});

const overflow = (page: Page) =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
const keepViolations = (page: Page) =>
  page.addInitScript(`
    window.violations = [];
    document.addEventListener('securitypolicyviolation', (event) =>
      window.violations.push(event.effectiveDirective + ' ' + event.blockedURI));`);

test('whoever is not signed in finds a route, opens it and can copy its example', async () => {
  const { page, context, problems } = await visit(browser, `${demo.url}/reference`);
  await keepViolations(page);
  await page.reload();
  await page.getByRole('heading', { name: 'API reference' }).waitFor();
  expect(await page.locator('details').count()).toBe(Object.keys(routes).length);
  await page.getByPlaceholder('Find a route…').fill('actions post');
  await expect.poll(() => page.locator('details').count()).toBe(1);
  const act = page.locator('#actOnThing');
  await act.locator('summary').click();
  await act.getByText('Send commands to things').waitFor();
  expect(await act.locator('pre').first().textContent()).toContain('"$DESK/api/v1/things/');
  await act.getByText('SDK', { exact: true }).click();
  expect(await act.locator('pre').first().textContent()).toContain('await desk.act(');
  await shoot(page, 'reference-route');
  expect(await seriousFindings(page)).toEqual([]);
  expect(await page.evaluate('window.violations')).toEqual([]);
  expect(problems).toEqual([]);
  await context.close();
});

test('a link to a route opens it, in both languages and themes, on a desk and on a phone', async () => {
  for (const [name, options, title] of [
    ['wide-dark-en', {}, 'API reference'],
    ['wide-light-ru', { locale: 'ru-RU', colorScheme: 'light' }, 'Справочник API'],
    ['phone-dark-ru', { viewport: PHONE, locale: 'ru-RU' }, 'Справочник API'],
    ['phone-light-en', { viewport: PHONE, colorScheme: 'light' }, 'API reference'],
  ] as const) {
    const { page, context, problems } = await visit(browser, `${demo.url}/reference`, options);
    await page.getByRole('heading', { name: title }).waitFor();
    await shoot(page, `reference-${name}`);
    await page.goto(`${demo.url}/reference#listThings`);
    await page.locator('#listThings pre').first().waitFor();
    await expect
      .poll(async () => (await page.locator('#listThings').boundingBox())!.y)
      .toBeLessThan(options && 'viewport' in options ? 400 : 300);
    await shoot(page, `reference-${name}-opened`);
    expect(await overflow(page)).toBe(0);
    expect(await seriousFindings(page), name).toEqual([]);
    expect(problems, name).toEqual([]);
    await context.close();
  }
});

test('the SDK’s file for browsers acts as whoever is signed in, and hears the live socket', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vakhta-browser-sdk-'));
  await stageSdk(folder);
  const file = await readFile(join(folder, 'dist/browser/vakhta-sdk.js'), 'utf8');
  await rm(folder, { recursive: true });
  const { page, context } = await visit(browser, demo.url);
  await signIn(page, demo);
  await page.getByRole('heading', { name: 'Desk' }).waitFor();
  // As a proxy does that serves a file of its owner's beside the desk.
  await page.route('**/own/vakhta-sdk.js', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: file }),
  );
  const heard = await page.evaluate<{ state: string; name: string }>(`(async () => {
    const { openDesk, routes } = await import('/own/vakhta-sdk.js');
    const desk = openDesk({ server: '' });
    const { items } = await desk.call(routes.listThings, { query: { model: 'android-tv' } });
    const tv = items.find(({ online }) => online);
    const live = desk.live({ things: [tv.id] });
    await live.next('subscribed');
    const change = live.next('property', ({ name }) => name === 'volume');
    const volume = tv.properties.volume?.value === 7 ? 8 : 7;
    const { state } = await desk.act(tv.id, 'setVolume', { volume });
    const { name } = await change;
    live.close();
    return { state, name };
  })()`);
  expect(heard).toEqual({ state: 'succeeded', name: 'volume' });
  await context.close();
});
