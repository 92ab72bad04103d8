import { randomUUID } from 'node:crypto';
import { routes } from '@vakhta/api';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, seriousFindings, shoot, visit } from './browser.ts';
import { type RunningDemo, startDemo } from './demo.ts';
import { eventually } from './eventually.ts';
import { SecondAgent } from './second-agent.ts';
import { signIn } from './sign-in.ts';

let demo: RunningDemo;
let browser: Browser;
const agent = new SecondAgent();
beforeAll(async () => {
  [demo, browser] = await Promise.all([startDemo(), launchBrowser()]);
});
afterAll(async () => {
  await agent.stop();
  await browser?.close();
  await demo?.stop();
});

test('a kind of thing nobody knew appears with its properties, actions and events, by its Thing Model alone', async () => {
  const run = randomUUID().slice(0, 8);
  const { items: sites } = await demo.api.call(routes.listSites, { query: {} });
  const { token, agent: made } = await demo.api.call(routes.createAgent, {
    body: { name: `Stage ${run}`, site: sites[0]!.id },
  });
  agent.enrol(demo.url, token);
  agent.start([new URL('./drivers/fog-machine.ts', import.meta.url).href]);
  await eventually(async () => (await demo.api.call(routes.getAgent, { params: { agent: made.id } })).online);

  const { page, problems } = await visit(browser, demo.url);
  await signIn(page, demo);
  await page.getByRole('link', { name: 'Add a thing' }).click();
  await page.getByRole('combobox', { name: 'Agent' }).click();
  await page.getByRole('option', { name: `Stage ${run}` }).click();
  await page.getByRole('combobox', { name: 'Kind' }).click();
  await page.getByRole('option', { name: 'Fog machine' }).click();
  await page.getByLabel('Name').fill(`Fog ${run}`);
  // What its model asks for, and what the model would not take.
  await page.getByRole('textbox', { name: 'Nozzles' }).fill('9');
  await page.getByRole('button', { name: 'Add it' }).click();
  await page.getByText('At most 8').waitFor();
  await page.getByRole('textbox', { name: 'Nozzles' }).fill('4');
  await page.getByRole('textbox', { name: 'Hall' }).fill('Main stage');
  await shoot(page, 'made-up-form');
  await page.getByRole('button', { name: 'Add it' }).click();

  await page.getByRole('heading', { name: `Fog ${run}` }).waitFor();
  await page.locator('dl').getByText('20').first().waitFor();
  await page.locator('dl').getByText('Full').first().waitFor();
  await page.getByRole('button', { name: 'Set density' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Density' }).fill('95');
  await dialog.getByRole('button', { name: 'Set density' }).click();
  await page.getByText('Done and seen').first().waitFor();
  await page.locator('dl').getByText('Empty').first().waitFor();
  await page.getByRole('tab', { name: 'Events' }).click();
  await page.getByText('The tank ran dry').first().waitFor();
  await shoot(page, 'made-up-events');
  expect(await seriousFindings(page)).toEqual([]);

  await page.goto(demo.url);
  await page.getByLabel('Search by name or site').fill(run);
  const card = page.locator('li', { has: page.getByText(`Fog ${run}`) });
  await card.locator('dl').getByText('95').waitFor();
  await card.locator('dl').getByText('Empty').waitFor();
  await shoot(page, 'made-up-card');
  expect(problems).toEqual([]);
});
