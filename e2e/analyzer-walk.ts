import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import { visit } from './browser.ts';

const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true });

const shown = async (page: Page, id: string) => (await page.getByTestId(id).textContent())!.trim();

/** EV per hundred units as a table of the field prints it: two decks of the same rules are never so near each other. */
const SIX_DECKS_H17 = '−0.6154 %';

/** Sets H17, calculates, and opens a cell: 11 against an ace is doubled where the dealer hits. */
export async function setAndCalculate(page: Page): Promise<void> {
  await tab(page, 'Rules').click();
  await page.getByRole('radio', { name: 'hits (H17)' }).check();
  await page.getByRole('button', { name: 'Calculate' }).click();
  await expect.poll(() => shown(page, 'game-ev'), { timeout: 15_000 }).toBe(SIX_DECKS_H17);
  await tab(page, 'Strategy').click();
  const cell = page.getByRole('button', { name: '56 against A: Double' });
  await cell.click();
  await page.getByRole('heading', { name: '5,6 against A' }).waitFor();
  expect(await cell.getAttribute('aria-pressed')).toBe('true');
  const evs = page.locator('[aria-live=polite] dl');
  expect(await evs.getByText('not allowed').count()).toBe(2);
  expect(await evs.locator('[data-best]').textContent()).toMatch(/^Double\+0\.\d{6}$/);
}

/** Deals a hand, then takes tens out of the shoe one by one: 16 against ten turns from hitting to standing and back. */
export async function playAtTheTable(page: Page): Promise<void> {
  await tab(page, 'At the table').click();
  const best = () => shown(page, 'best-play');
  const nextRound = () => shown(page, 'next-round-ev');
  await expect.poll(nextRound, { timeout: 15_000 }).toBe(SIX_DECKS_H17);
  for (const card of ['T', 'T', '6'])
    await page.getByRole('button', { name: new RegExp(`^Deal ${card}\\b`) }).click();
  await expect.poll(best).toBe('Hit');
  await page.getByRole('radio', { name: 'Other cards seen' }).check();
  for (const card of ['6', '5', '6']) await page.keyboard.press(card);
  await expect.poll(best).toBe('Hit');
  expect(await shown(page, 'left-6')).toBe('21');
  for (let i = 0; i < 4; i++) await page.keyboard.press('5');
  await page.keyboard.press('4');
  await expect.poll(best).toBe('Stand');
  expect(await page.locator('[data-best] dt').textContent()).toBe('Stand');
  const full = await nextRound();
  await page.getByRole('button', { name: 'Take out 5', exact: true }).click();
  await expect.poll(nextRound).not.toBe(full);
}

/** Whoever opens the address sees the same: the table, then the game. */
export async function sameForAnother(
  browser: Browser,
  page: Page,
  open: (address: string) => Promise<{ page: Page; context: BrowserContext }> = (address) =>
    visit(browser, address),
): Promise<void> {
  await page.getByRole('button', { name: 'Share' }).click();
  const address = (await page.getByRole('dialog').locator('code').textContent())!;
  await page.keyboard.press('Escape');
  const other = await open(address);
  for (const id of ['best-play', 'next-round-ev', 'left-5'])
    await expect.poll(() => shown(other.page, id), { timeout: 15_000 }).toBe(await shown(page, id));
  await tab(other.page, 'Results').click();
  await expect.poll(() => shown(other.page, 'game-ev'), { timeout: 15_000 }).toBe(SIX_DECKS_H17);
  await other.context.close();
}
