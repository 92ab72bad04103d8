import { readFileSync } from 'node:fs';
import { routes, type Thing } from '@vakhta/api';
import { hours, type Instant, minutes } from '@vakhta/kernel';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, PHONE, seriousFindings, shoot, type Visitor, visit, WIDE } from './browser.ts';
import { type RunningDemo, startDemo } from './demo.ts';
import { eventually } from './eventually.ts';
import { signIn } from './sign-in.ts';
import { powerAt, putVirtualDay, SILENCE, volumeAt } from './virtual-day.ts';

/** The demo, to which its agent has told a whole day of yesterday. The steps build on one another. */
let demo: RunningDemo;
let browser: Browser;
let visitor: Visitor;
let things: Thing[];
/** Midnight, as the browser counts days. */
let yesterday: Instant;
let told: number;

const listThings = async () => (await demo.api.call(routes.listThings, { query: { limit: 100 } })).items;

beforeAll(async () => {
  browser = await launchBrowser();
  const midnight = new Date();
  midnight.setHours(0, 0, 0, 0);
  yesterday = midnight.getTime() - hours(24);
  demo = await startDemo();
  things = await listThings();
  await demo.stop({ keep: true });
  told = putVirtualDay(demo.directory, things, yesterday);
  demo = await startDemo({ directory: demo.directory });
  visitor = await visit(browser, demo.url);
});
afterAll(async () => {
  await browser?.close();
  expect(await demo?.stop()).toBe(0);
});

const iso = (at: Instant) => new Date(at).toISOString();
const asOf = (at: Instant) => demo.api.call(routes.getStateAsOf, { query: { at: iso(at) } });
const card = (page: Page, { id }: Thing) =>
  page.locator('li', { has: page.locator(`a[href^="/things/${id}"]`) });

/** How the browser's field for date and time wants a moment. */
function fieldOf(at: Instant): string {
  const date = new Date(at);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

test('every second of yesterday is answered with what the agent told of it', async () => {
  await eventually(async () => {
    const last = (await asOf(yesterday + hours(24) - 1)).things[things.at(-1)!.id]!;
    return last.properties.volume?.at === iso(yesterday + hours(24) - minutes(10));
  });
  expect(told).toBeGreaterThan(10_000);
  for (const since of [0, hours(3.5), hours(5.999), hours(14) + minutes(3) + 5000, hours(24) - 1000]) {
    const { things: then } = await asOf(yesterday + since);
    for (const [tv, { id }] of things.entries()) {
      const isSilent = tv === 0 && since >= SILENCE.from && since < SILENCE.to;
      const said = isSilent ? SILENCE.from - 1 : since;
      expect(then[id]).toMatchObject({
        online: !isSilent,
        properties: { volume: { value: volumeAt(tv, said) }, power: { value: powerAt(said) } },
      });
    }
  }
  // Nothing was known the day before; now everything is as it is.
  const before = (await asOf(yesterday - 1000)).things;
  expect(
    Object.values(before).every(
      ({ online, properties }) => online === null && Object.keys(properties).length === 0,
    ),
  ).toBe(true);
  expect(Object.keys((await asOf(Date.now())).things[things[0]!.id]!.properties).length).toBeGreaterThan(10);
});

test('the desk shows yesterday by the scrubber, framed, with every action off', async () => {
  const { page } = visitor;
  await signIn(page, demo);
  await page.getByText('All 50').waitFor();
  expect(await page.locator('[data-past]').count()).toBe(0);
  await page.getByRole('button', { name: 'Look back' }).click();
  await page.getByText('You are looking at the past:').waitFor();
  const since = hours(14) + minutes(3) + 5000;
  await page
    .getByLabel('Moment', { exact: true })
    .and(page.locator('input'))
    .fill(fieldOf(yesterday + since));
  const [first, second] = things as [Thing, Thing];
  for (const [tv, thing] of [first, second].entries()) {
    const volume = card(page, thing)
      .locator('dl')
      .getByText(String(volumeAt(tv, since)), { exact: true });
    // Cards off the screen are not laid out, and others above it still change their height.
    await volume.waitFor({ state: 'attached' });
    await volume.scrollIntoViewIfNeeded();
    expect(await volume.isVisible()).toBe(true);
  }
  const buttons = card(page, first).getByRole('button');
  expect(await buttons.count()).toBeGreaterThan(3);
  for (const button of await buttons.all()) expect(await button.isDisabled()).toBe(true);
  expect(await page.getByRole('button', { name: 'Select all' }).count()).toBe(0);
  await page.keyboard.press('Control+a');
  expect(await page.locator('[data-selection-bar]').count()).toBe(0);
  expect(await page.title()).toContain('the past');
  await shoot(page, 'past-desk-wide-dark-en');
  expect(await seriousFindings(page)).toEqual([]);
});

test('the scrubber goes back by the hour and by the key, and a silent TV is seen to be silent', async () => {
  const { page } = visitor;
  const [first] = things as [Thing];
  await page.goto(`${demo.url}/?at=${iso(yesterday + hours(4.5))}`);
  await card(page, first).getByText('In order').waitFor();
  await page.getByRole('button', { name: '−1 h' }).click();
  await card(page, first).getByText('No contact').waitFor();
  await card(page, first)
    .locator('dl')
    .getByText(String(volumeAt(0, SILENCE.from - 1)), { exact: true })
    .waitFor();
  const before = page.url();
  await page.getByRole('slider').focus();
  await page.keyboard.press('ArrowLeft');
  await eventually(() => page.url() !== before);
});

test('a thing is entered in the past, shows it, and leads back to now', async () => {
  const { page } = visitor;
  const [first] = things as [Thing];
  const since = hours(20);
  await page.goto(`${demo.url}/?at=${iso(yesterday + since)}`);
  await card(page, first).locator(`a[href^="/things/${first.id}"]`).click();
  await page.getByRole('heading', { name: first.name, exact: true }).waitFor();
  await page.getByText('You are looking at the past:').waitFor();
  await page
    .locator('dl')
    .getByText(String(volumeAt(0, since)), { exact: true })
    .first()
    .waitFor();
  expect(await page.getByRole('button', { name: 'Set volume' }).first().isDisabled()).toBe(true);
  await shoot(page, 'past-thing-wide-dark-en');
  expect(await seriousFindings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Back to now' }).click();
  await eventually(async () => (await page.locator('[data-past]').count()) === 0);
  const now = (await demo.api.call(routes.getThing, { params: { thing: first.id } })).properties.volume!
    .value;
  await page.locator('dl').getByText(String(now), { exact: true }).first().waitFor();
  expect(await page.getByRole('button', { name: 'Set volume' }).first().isEnabled()).toBe(true);
});

test('the history draws figures, states, contact and events, is walked by keys, zoomed and compared', async () => {
  const { page } = visitor;
  const [first, second] = things as [Thing, Thing];
  await page.goto(`${demo.url}/things/${first.id}?tab=history`);
  await page.getByText('7 days', { exact: true }).click();
  const chart = page.getByRole('application', { name: 'Chart: Volume' });
  await chart.locator('canvas').waitFor();
  await page.getByText('Cable: link lost').first().waitFor();
  await page.getByRole('img', { name: /^Contact: .*Out of contact/ }).waitFor();
  await page.getByRole('img', { name: /^Power: .*Standby.*On/ }).waitFor();

  await chart.focus();
  for (let i = 0; i < 12; i++) await page.keyboard.press('ArrowLeft');
  const lookBack = page.getByRole('button', { name: /^Everything at / });
  await lookBack.waitFor();
  const spanBefore = await page.getByText('Chosen span').count();
  await page.keyboard.press('+');
  await page.getByText('Chosen span').waitFor();
  expect(spanBefore).toBe(0);
  // The reader stays at the moment, and the moment in sight.
  await page.getByRole('img', { name: /^Power: .*On since/ }).waitFor();

  const sites = (await demo.api.call(routes.listSites, { query: {} })).items;
  await page.getByRole('combobox', { name: 'Compare with' }).click();
  const compared = `${second.name} · ${sites.find(({ id }) => id === second.site)?.name}`;
  await page.getByRole('option', { name: compared, exact: true }).click();
  await page.keyboard.press('Escape');
  await page.locator('li').getByText(compared, { exact: true }).first().waitFor();
  await shoot(page, 'history-wide-dark-en');
  expect(await seriousFindings(page)).toEqual([]);

  await lookBack.click();
  await page.getByText('You are looking at the past:').waitFor();
  await page.getByRole('button', { name: 'Back to now' }).click();
});

test('what is shown is taken away as CSV, each observation in a line', async () => {
  const { page } = visitor;
  const [first] = things as [Thing];
  await page.goto(`${demo.url}/things/${first.id}?tab=history`);
  await page.getByText('7 days', { exact: true }).click();
  await page.getByRole('button', { name: 'Export CSV' }).click();
  const coming = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Everything, events too' }).click();
  const download = await coming;
  expect(download.suggestedFilename()).toMatch(/\.csv$/);
  const lines = readFileSync(await download.path(), 'utf8').split('\r\n');
  const ofVolume = lines.filter((line) => line.includes(',property,volume,'));
  const at = iso(yesterday + hours(14));
  expect(ofVolume.find((line) => line.startsWith(at))).toMatch(new RegExp(`,${volumeAt(0, hours(14))}$`));
  expect(lines.some((line) => line.includes(',event,cableLost,'))).toBe(true);
  expect(visitor.problems).toEqual([]);
});

test.each([
  { size: 'phone', locale: 'ru-RU', colorScheme: 'light' },
  { size: 'phone', locale: 'en-GB', colorScheme: 'dark' },
  { size: 'wide', locale: 'ru-RU', colorScheme: 'light' },
] as const)('the past fits: $size, $locale, $colorScheme', async ({ size, locale, colorScheme }) => {
  const language = locale.slice(0, 2) as 'ru' | 'en';
  const say = (en: string, ru: string) => (language === 'ru' ? ru : en);
  const viewport = size === 'phone' ? PHONE : WIDE;
  const { page, context, problems } = await visit(browser, demo.url, { viewport, locale, colorScheme });
  await page.evaluate(`localStorage.setItem('vakhta-theme', '${colorScheme}')`);
  await page.reload();
  await page.getByLabel('Электронная почта').or(page.getByLabel('E-mail')).first().fill(demo.email);
  await page.locator('input[type=password]').fill(demo.password);
  await page.locator('button[type=submit]').click();
  await page.getByRole('heading', { name: say('Desk', 'Пульт') }).waitFor();
  const [first] = things as [Thing];
  for (const [name, path] of [
    ['past-desk', `/?at=${iso(yesterday + hours(12))}`],
    ['past-thing', `/things/${first.id}?at=${iso(yesterday + hours(12))}`],
    ['past-history', `/things/${first.id}?tab=history&at=${iso(yesterday + hours(22))}`],
    ['history', `/things/${first.id}?tab=history`],
  ] as const) {
    await page.goto(demo.url + path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    if (name.endsWith('history')) await page.locator('canvas').first().waitFor();
    if (name.startsWith('past'))
      await page.getByText(say('You are looking at the past:', 'Вы смотрите прошлое:')).waitFor();
    expect(
      await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth'),
      path,
    ).toBeLessThanOrEqual(0);
    expect(await seriousFindings(page), path).toEqual([]);
    await shoot(page, `${name}-${size}-${colorScheme}-${language}`);
  }
  await page.getByText(say('7 days', '7 дней'), { exact: true }).click();
  await page.getByRole('button', { name: say('Zoom in', 'Приблизить') }).click();
  await page.getByText(say('Chosen span', 'Выбранный период')).waitFor();
  expect(problems).toEqual([]);
  await context.close();
});
