import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureAnalyzer } from '../apps/cli/src/demo/panel-build.ts';
import { playAtTheTable, sameForAnother, setAndCalculate } from './analyzer-walk.ts';
import { launchBrowser, PHONE, seriousFindings, shoot, visit } from './browser.ts';
import { longestTask } from './longest-task.ts';

/** The Analyzer's one file from a server of files that knows nothing else. */
const root = join(import.meta.dirname, '..');
const file = join(root, 'apps/panel/analyzer/dist/index.html');
const asked: string[] = [];
let server: Server;
let browser: Browser;
let address: string;

beforeAll(async () => {
  await ensureAnalyzer(root, () => {});
  server = createServer(async ({ url }, response) => {
    asked.push(url!);
    if (url !== '/analyzer.html') return response.writeHead(404).end();
    response.setHeader('Content-Type', 'text/html').end(await readFile(file));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const bound = server.address();
  address = `http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}/analyzer.html`;
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  server?.close();
});

/** Opens the page and turns the network off at once. */
async function offline(url: string): Promise<{ page: Page; context: BrowserContext; problems: string[] }> {
  const visitor = await visit(browser, url);
  await visitor.context.setOffline(true);
  return visitor;
}

test('with the network off it calculates, opens cells, plays at the table and is shared', async () => {
  const { page, context, problems } = await offline(address);
  await setAndCalculate(page);
  await playAtTheTable(page);
  await sameForAnother(browser, page, offline);
  expect(problems).toEqual([]);
  expect(new Set(asked)).toEqual(new Set(['/analyzer.html']));
  await context.close();
});

test('it opens from a disk, with no server at all', async () => {
  const { page, context, problems } = await offline(`file://${file}#tab=results&rules={"decks":1}`);
  await expect.poll(() => page.getByTestId('game-ev').textContent(), { timeout: 15_000 }).toBe('+0.1819 %');
  expect(problems).toEqual([]);
  await context.close();
});

test('from the rules to the table no task takes 50 ms of the page’s own time', async () => {
  const { page, context } = await visit(browser, address);
  const longest = await longestTask(browser, page, async () => {
    await setAndCalculate(page);
    await playAtTheTable(page);
  });
  expect(longest).toBeLessThan(50);
  await context.close();
});

const tabs = ['rules', 'results', 'strategy', 'compare', 'effects', 'sideBets', 'realtime'];
test.each([
  { name: 'wide-dark-en', options: {} },
  { name: 'phone-light-ru', options: { viewport: PHONE, locale: 'ru-RU', colorScheme: 'light' as const } },
])('every part fits and can be read by all: $name', async ({ name, options }) => {
  const { page, context, problems } = await visit(browser, address, options);
  for (const tab of tabs) {
    await page.locator(`#analyzer-${tab}`).click();
    if (tab === 'realtime') for (const card of ['9', '8', '8']) await page.keyboard.press(card);
    await expect.poll(() => page.locator('progress').count(), { timeout: 20_000 }).toBe(0);
    if (tab === 'strategy') await page.locator('[data-at="3:4"]').first().click();
    if (tab === 'realtime') await page.getByTestId('best-play').waitFor();
    await shoot(page, `analyzer-${name}-${tab}`);
    expect(await seriousFindings(page), tab).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth'), tab).toBe(page.viewportSize()!.width);
  }
  expect(problems).toEqual([]);
  await context.close();
});
