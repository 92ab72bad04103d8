import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, ProcessGroup } from '@vakhta/testkit/processes';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensurePanel } from '../apps/cli/src/demo/panel-build.ts';
import { playAtTheTable, sameForAnother, setAndCalculate } from './analyzer-walk.ts';
import { launchBrowser, seriousFindings, shoot, type Visitor, visit } from './browser.ts';
import { longestTask } from './longest-task.ts';
import { signIn } from './sign-in.ts';

/** The Analyzer on the desk, under its policy of what a page may load. */
const anna = { email: 'anna@example.org', password: 'a long phrase for Anna' };
const directory = mkdtempSync(join(tmpdir(), 'vakhta-e2e-analyzer-'));
const group = new ProcessGroup();
let browser: Browser;
let owner: Visitor;
let desk: string;

beforeAll(async () => {
  await ensurePanel(join(import.meta.dirname, '..'), () => {});
  const server = group.start({
    name: 'server',
    command: 'vakhta',
    args: ['serve'],
    env: {
      VAKHTA_DATA: join(directory, 'server'),
      VAKHTA_PORT: String(await freePort()),
      HOME: directory,
    },
  });
  const [link, started] = await Promise.all([
    server.firstLine((line) => /make its first owner at (\S+)/.exec(line)?.[1]),
    launchBrowser(),
  ]);
  browser = started;
  desk = new URL(link).origin;
  owner = await visit(browser, link);
  const { page } = owner;
  await page.getByLabel('Organisation').fill('Casino');
  await page.getByLabel('Your name').fill('Anna');
  await page.getByLabel('E-mail').fill(anna.email);
  await page.locator('input[type=password]').fill(anna.password);
  await page.getByRole('button', { name: 'Open the desk' }).click();
  await page.getByRole('heading', { name: 'First steps' }).waitFor();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await group.stop();
  rmSync(directory, { recursive: true, force: true });
});

test('the palette leads to it', async () => {
  const { page } = owner;
  await page.goto(desk);
  await page.getByRole('heading', { name: 'Desk' }).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('textbox').fill('analyz');
  await expect.poll(() => page.getByRole('option').first().textContent()).toMatch(/^Analyzer/);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Analyzer' }).waitFor();
  await shoot(page, 'analyzer-desk');
  expect(await seriousFindings(page)).toEqual([]);
});

test('rules are set, the game is calculated and a cell opened; the shoe changes at the table, and no task takes 50 ms of the page’s own time', async () => {
  const { page, problems } = owner;
  const longest = await longestTask(browser, page, async () => {
    await setAndCalculate(page);
    await playAtTheTable(page);
  });
  expect(longest).toBeLessThan(50);
  await shoot(page, 'analyzer-desk-table');
  expect(problems).toEqual([]);
});

test('who gets the link signs in and sees the same', async () => {
  await sameForAnother(browser, owner.page, async (address) => {
    const other = await visit(browser, address);
    await signIn(other.page, anna);
    return other;
  });
});

test('rules that clash say so beside the field, and a long calculation is cancelled', async () => {
  const { page } = owner;
  await page.getByRole('tab', { name: 'Rules', exact: true }).click();
  await page.getByText('Of split aces').click();
  await page.getByText('Does nothing: surrender after a split is off.').waitFor();
  await page.getByText('Of split aces').click();
  await page.getByRole('tab', { name: 'Results', exact: true }).click();
  await page.getByRole('button', { name: 'Deal a million rounds' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByText('Stopped. Nothing was lost.').waitFor();
  await page.getByRole('button', { name: 'Calculate again' }).waitFor();
});
