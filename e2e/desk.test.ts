import { randomUUID } from 'node:crypto';
import { routes, type Thing, type ThingDetail } from '@vakhta/api';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, PHONE, seriousFindings, shoot, type Visitor, visit, WIDE } from './browser.ts';
import { type RunningDemo, startDemo } from './demo.ts';
import { eventually } from './eventually.ts';
import { SecondAgent } from './second-agent.ts';
import { signIn } from './sign-in.ts';

/** An operator's work on the demo's metro, in a real browser. The steps build on one another. */
let demo: RunningDemo;
let browser: Browser;
let operator: Visitor;
beforeAll(async () => {
  [demo, browser] = await Promise.all([startDemo(), launchBrowser()]);
  operator = await visit(browser, demo.url);
});
afterAll(async () => {
  await browser?.close();
  expect(await demo?.stop()).toBe(0);
});

/** The first TV of the demo, by the name of its station and its own. */
async function findThing(): Promise<{ thing: Thing; station: string }> {
  const { items: sites } = await demo.api.call(routes.listSites, { query: {} });
  const { items } = await demo.api.call(routes.listThings, { query: { limit: 1 } });
  const thing = items[0]!;
  return { thing, station: sites.find((site) => site.id === thing.site)!.name };
}

const detail = async (id: string): Promise<ThingDetail> =>
  demo.api.call(routes.getThing, { params: { thing: id } });
const card = (page: Page, id: string) => page.locator('li', { has: page.locator(`a[href="/things/${id}"]`) });

test('a wrong password is refused in words, the right one opens the desk', async () => {
  const { page } = operator;
  await signIn(page, { ...demo, password: 'not the password' });
  await page.getByRole('alert').getByText('The e-mail or the password is wrong.').waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await signIn(page, demo);
  await page.getByRole('heading', { name: 'Desk' }).waitFor();
  await page.getByText('All 50').waitFor();
  await shoot(page, 'desk-wide-dark-en');
  expect(await seriousFindings(page)).toEqual([]);
});

test('a TV is found by search, its volume is changed and the change is seen', async () => {
  const { page } = operator;
  const { thing, station } = await findThing();
  await page.keyboard.press('/');
  await page.keyboard.type(station);
  await eventually(async () => (await page.getByText('10 things').count()) === 1);
  await page.locator(`a[href="/things/${thing.id}"]`).click();
  await page.getByRole('heading', { name: thing.name, exact: true }).waitFor();
  await page.getByRole('button', { name: 'Set volume' }).first().click();
  const dialog = page.getByRole('dialog');
  const before = (await detail(thing.id)).properties.volume?.value;
  const wanted = before === 7 ? 8 : 7;
  await dialog.getByRole('textbox', { name: 'Volume' }).fill(String(wanted));
  await dialog.getByRole('button', { name: 'Set volume' }).click();
  await page.getByText('Done and seen').first().waitFor();
  await page.locator('dl').getByText(String(wanted), { exact: true }).first().waitFor();
  expect((await detail(thing.id)).properties.volume).toMatchObject({ value: wanted, stale: false });
  await shoot(page, 'thing-wide-dark-en');
  expect(await seriousFindings(page)).toEqual([]);
});

test('a screenshot comes with what it cannot show', async () => {
  const { page } = operator;
  await page.getByRole('button', { name: /Take a picture|Take another/ }).click();
  const picture = page.locator('figure img');
  await picture.waitFor();
  // A broken picture has no width of its own.
  await eventually(() => page.evaluate<number>("document.querySelector('figure img')?.naturalWidth"));
  await page.getByText('the video plane cannot be captured').first().waitFor();
});

test('a pulled cable is said in words, and its return too', async () => {
  const { page } = operator;
  const { thing } = await findThing();
  const { cable } = (await detail(thing.id)).configuration as { cable: { url: string } };
  const plug = (plugged: boolean) =>
    fetch(cable.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ plugged }),
    });
  await plug(false);
  await page.getByText('No link: fault').first().waitFor();
  await shoot(page, 'cable-pulled');
  await plug(true);
  await page.locator('dl').getByText('Link', { exact: true }).waitFor();
  await page.getByRole('tab', { name: 'Events' }).click();
  await page.getByText('Cable: link lost').first().waitFor();
});

test('all fifty are acted on at once, with progress and an outcome for each', async () => {
  const { page } = operator;
  await page.getByRole('link', { name: 'Desk' }).first().click();
  await page.getByRole('heading', { name: 'Desk' }).waitFor();
  await page.getByLabel('Search by name or site').fill('');
  await page.getByRole('heading', { name: 'Desk' }).click();
  await page.keyboard.press('Control+a');
  const bar = page.locator('[data-selection-bar]');
  await bar.getByText('50 selected').waitFor();
  await bar.getByRole('button', { name: 'Set volume' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Volume' }).fill('11');
  await dialog.getByRole('button', { name: 'Set volume' }).click();
  await page.getByRole('progressbar', { name: '50 of 50' }).waitFor({ timeout: 60_000 });
  await page.getByText('50 done').waitFor();
  await shoot(page, 'batch-of-fifty');
  const { items } = await demo.api.call(routes.listThings, { query: { limit: 100 } });
  expect(items.map((item) => item.properties.volume?.value)).toEqual(items.map(() => 11));
  await page.getByRole('link', { name: 'Each outcome' }).click();
  await eventually(async () => (await page.locator('details').count()) === 50);
  expect(await seriousFindings(page)).toEqual([]);
});

/** Names of their own, so that the test can be run again on a desk that has seen it. */
const run = randomUUID().slice(0, 8);
const secondName = `Second mini-PC ${run}`;
const secondAgent = new SecondAgent();
afterAll(() => secondAgent.stop());

test('a second agent is enrolled with the command the panel shows, and is seen to connect', async () => {
  const { page } = operator;
  await page.getByRole('link', { name: 'Agents' }).first().click();
  await page.getByRole('button', { name: 'Enrol an agent' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill(secondName);
  await dialog.getByLabel('Site').click();
  await page.getByRole('option').first().click();
  await dialog.locator('button[type=submit]').click();
  const command = await dialog.getByText('npx vakhta enrol').first().textContent();
  await shoot(page, 'enrolment');
  const enrol = /enrol --server (\S+) --token (\S+)/.exec(command ?? '')!;
  secondAgent.enrol(enrol[1]!, enrol[2]!);
  secondAgent.start();
  await eventually(async () =>
    (await demo.api.call(routes.listAgents, { query: {} })).items.some(
      (agent) => agent.name === secondName && agent.online,
    ),
  );
  await page.keyboard.press('Escape');
  await eventually(async () => (await page.getByText('Connected', { exact: true }).count()) >= 2);
  expect(await seriousFindings(page)).toEqual([]);
});

test('a viewer sees no buttons, and the server refuses what he would send', async () => {
  const viewer = { email: `viewer-${run}@example.org`, password: 'just looking around' };
  await demo.api.call(routes.addMember, { body: { ...viewer, name: 'Viewer', roles: ['viewer'] } });
  const { page, context } = await visit(browser, demo.url);
  await signIn(page, viewer);
  await page.getByText('All 50').waitFor();
  const { thing, station } = await findThing();
  await page.getByLabel('Search by name or site').fill(station);
  await card(page, thing.id).scrollIntoViewIfNeeded();
  await card(page, thing.id).locator('dl').first().waitFor();
  expect(await card(page, thing.id).getByRole('button').count()).toBe(0);
  expect(await page.getByRole('button', { name: 'Add a thing' }).count()).toBe(0);
  expect(await page.getByRole('link', { name: 'Members' }).count()).toBe(0);
  await page.locator(`a[href="/things/${thing.id}"]`).click();
  await page.getByRole('heading', { name: thing.name, exact: true }).waitFor();
  expect(await page.getByText('Remote control').count()).toBe(0);
  const statuses = await page.evaluate(async (id) => {
    const send = (path: string, method: string, body: object) =>
      fetch(`/api/v1${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const answers = await Promise.all([
      send(`/things/${id}/actions/setVolume`, 'POST', { volume: 1 }),
      send(`/things/${id}`, 'PATCH', { name: 'Mine' }),
      send('/members', 'POST', {}),
    ]);
    return answers.map((answer) => answer.status);
  }, thing.id);
  expect(statuses).toEqual([403, 403, 403]);
  await context.close();
});

test('the language is switched, and stays', async () => {
  const { page } = operator;
  await page.getByRole('link', { name: 'Account' }).first().click();
  await page.getByText('Русский', { exact: true }).click();
  await page.getByRole('heading', { name: 'Профиль' }).waitFor();
  await page.goto(demo.url);
  await page.getByRole('heading', { name: 'Пульт' }).waitFor();
  await shoot(page, 'desk-wide-dark-ru');
  expect(operator.problems).toEqual([]);
});

test('the same desk on a phone: signed in, a TV muted, nothing wider than the screen', async () => {
  const { page, context, problems } = await visit(browser, demo.url, { viewport: PHONE });
  await signIn(page, demo);
  await page.getByText('All 50').waitFor();
  const { thing, station } = await findThing();
  await shoot(page, 'desk-phone-dark-en');
  await page.getByLabel('Search by name or site').fill(station);
  // A card far down is drawn when it comes into sight.
  await card(page, thing.id).scrollIntoViewIfNeeded();
  await card(page, thing.id).getByRole('button', { name: 'Mute' }).tap();
  await eventually(async () => (await detail(thing.id)).properties.muted?.value === true);
  await page.locator(`a[href="/things/${thing.id}"]`).tap();
  await page.getByRole('heading', { name: thing.name, exact: true }).waitFor();
  await shoot(page, 'thing-phone-dark-en');
  for (const path of [
    '/',
    `/things/${thing.id}`,
    '/alerts',
    '/alerts/rules',
    '/alerts/maintenance',
    '/alerts/webhooks',
    '/commands',
    '/sites',
    '/agents',
    '/members',
    '/audit',
    '/account',
  ]) {
    await page.goto(demo.url + path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(
      await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth'),
      path,
    ).toBeLessThanOrEqual(0);
    expect(await seriousFindings(page), path).toEqual([]);
  }
  expect(problems).toEqual([]);
  await context.close();
});

test('a TV is found by typing a part of its name, the keys are listed, and the wall shows all at a glance', async () => {
  const { page, context, problems } = await visit(browser, demo.url, { viewport: WIDE });
  await signIn(page, demo);
  await page.getByText('All 50').waitFor();
  const { thing, station } = await findThing();
  await page.keyboard.press('Control+k');
  await page.getByRole('textbox', { name: 'A section, a thing' }).fill(`${station} ${thing.name}`);
  await page.getByRole('option', { name: thing.name }).first().waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: thing.name, exact: true }).waitFor();
  await page.keyboard.press('Shift+Slash');
  await page.getByRole('dialog', { name: 'Keyboard' }).getByText('Find a section').waitFor();
  await shoot(page, 'keys-wide-dark-en');
  expect(await seriousFindings(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('g');
  await page.keyboard.press('w');
  await eventually(async () => (await page.locator('main li').count()) >= 50);
  await shoot(page, 'wall-wide-dark-en');
  expect(await seriousFindings(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('heading', { name: 'Desk' }).waitFor();
  expect(problems).toEqual([]);
  await context.close();
});

test('every page is accessible in the light theme too', async () => {
  const { page, context } = await visit(browser, demo.url, { viewport: WIDE });
  await signIn(page, demo);
  await page.getByText('All 50').waitFor();
  await page.goto(`${demo.url}/account`);
  await page.getByText('Light', { exact: true }).click();
  for (const path of [
    '/',
    '/alerts',
    '/alerts/rules',
    '/alerts/maintenance',
    '/alerts/webhooks',
    '/commands',
    '/sites',
    '/agents',
    '/members',
    '/audit',
    '/account',
    '/things/new',
    '/wall',
  ]) {
    await page.goto(demo.url + path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await seriousFindings(page), path).toEqual([]);
  }
  await page.goto(demo.url);
  await page.getByText('All 50').waitFor();
  await shoot(page, 'desk-wide-light-en');
  await context.close();
});
