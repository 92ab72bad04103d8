import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, ProcessGroup, TvFleetProcess, until } from '@vakhta/testkit/processes';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensurePanel } from '../apps/cli/src/demo/panel-build.ts';
import { launchBrowser, PHONE, seriousFindings, shoot, type Visitor, visit } from './browser.ts';
import { signIn } from './sign-in.ts';

/** Somebody who does not want the demo: `vakhta serve` on an empty disk, to the first TV on the desk. */
const anna = { email: 'anna@example.org', password: 'a long phrase for Anna' };
const directory = mkdtempSync(join(tmpdir(), 'vakhta-e2e-first-'));
const group = new ProcessGroup();
let environment: Record<string, string>;
let browser: Browser;
let link: string;
let desk: string;
let owner: Visitor;

beforeAll(async () => {
  await ensurePanel(join(import.meta.dirname, '..'), () => {});
  environment = {
    VAKHTA_DATA: join(directory, 'server'),
    VAKHTA_PORT: String(await freePort()),
    HOME: directory,
  };
  const server = group.start({ name: 'server', command: 'vakhta', args: ['serve'], env: environment });
  [link, browser] = await Promise.all([
    server.firstLine((line) => /make its first owner at (\S+)/.exec(line)?.[1]),
    launchBrowser(),
  ]);
  desk = new URL(link).origin;
});
afterAll(async () => {
  await browser?.close();
  await group.stop();
  rmSync(directory, { recursive: true, force: true });
});

test('an empty desk says where its first owner comes in, and lets nobody in without the link', async () => {
  const { page, context } = await visit(browser, desk, {
    viewport: PHONE,
    locale: 'ru-RU',
    colorScheme: 'light',
  });
  await page.getByText('vakhta serve').waitFor();
  await page.goto(`${desk}/set-up`);
  await page.getByText('которую напечатала команда').waitFor();
  await page.goto(link);
  await page.reload();
  await page.getByLabel('Организация').waitFor();
  await shoot(page, 'set-up-phone-ru');
  expect(await seriousFindings(page)).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(PHONE.width);
  await context.close();
});

test('the owner is made, and the steps that are left are shown', async () => {
  owner = await visit(browser, link);
  const { page } = owner;
  await page.getByLabel('Organisation').fill('Minsk Metro');
  await page.getByLabel('Your name').fill('Anna');
  await page.getByLabel('E-mail').fill(anna.email);
  await page.locator('input[type=password]').fill(anna.password);
  await shoot(page, 'set-up-wide');
  await page.getByRole('button', { name: 'Open the desk' }).click();
  await page.getByRole('heading', { name: 'First steps' }).waitFor();
  await shoot(page, 'welcome-wide');
  expect(await seriousFindings(page)).toEqual([]);
});

test('a site, an agent and a TV later the desk shows it live', async () => {
  const { page, problems } = owner;
  await page.getByRole('button', { name: 'Add a site' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Nemiga');
  await page.getByRole('dialog').getByRole('button', { name: 'Add' }).click();
  await page.getByRole('button', { name: 'Enrol an agent' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Control room');
  await page.getByRole('button', { name: 'Get a one-time token' }).click();
  const command = (await page.getByRole('dialog').locator('code').first().textContent()) ?? '';

  // As it is typed on the mini-PC.
  const data = ['--data', join(directory, 'agent')];
  const args = command
    .split(' && ')[0]!
    .replace(/^npx vakhta /, '')
    .split(' ');
  const enrolling = group.start({ name: 'enrol', command: 'vakhta', args: [...args, ...data] });
  await enrolling.firstLine((line) => line.startsWith('enrolled') || undefined);
  group.start({ name: 'agent', command: 'vakhta', args: ['agent', ...data] });
  await page.getByText('Connected. It can be given things').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click();
  await page.getByRole('link', { name: 'Add a thing' }).waitFor();
  await shoot(page, 'welcome-half-way');

  const { tvs } = await TvFleetProcess.start(group, { count: 1, journal: join(directory, 'tvs.jsonl') });
  await page.getByRole('link', { name: 'Add a thing' }).click();
  const pick = async (box: string, option: string) => {
    const field = page.getByRole('combobox', { name: box }).first();
    if ((await field.inputValue()) === option) return;
    await field.click();
    await page.getByRole('option', { name: option }).click();
  };
  await pick('Agent', 'Control room');
  await pick('Kind', 'Android TV');
  await page.getByRole('textbox', { name: 'Name' }).first().fill('Platform 1');
  await page.getByRole('textbox', { name: 'Address' }).first().fill(tvs[0]!.host);
  await page.getByRole('textbox', { name: 'Port' }).first().fill(String(tvs[0]!.port));
  await page.getByRole('button', { name: 'Add it' }).click();
  await page.getByRole('heading', { name: 'Platform 1' }).waitFor();
  await page.getByRole('button', { name: 'Set volume' }).first().waitFor();
  await page.goto(`${desk}/welcome`);
  await page.getByRole('link', { name: 'To the desk' }).click();
  await page.getByRole('heading', { name: 'Desk' }).waitFor();
  await page.getByText('Platform 1').first().waitFor();
  expect(problems).toEqual([]);
});

test('the link opens nothing any more', async () => {
  const { page, context } = await visit(browser, link);
  await page.getByRole('heading', { name: 'This desk has an owner already' }).waitFor();
  await page.getByRole('link', { name: 'Sign in' }).click();
  await signIn(page, anna);
  await page.getByRole('heading', { name: 'Desk' }).waitFor();
  await context.close();
});

test('by the command line a person is forgotten while the desk runs, and the audit still verifies', async () => {
  const run = async (name: string, ...args: string[]) => {
    const running = group.start({ name, command: 'vakhta', args, env: environment });
    await until(`${name} ends`, () => (running.isRunning ? undefined : true));
    return running.lines.join('\n');
  };
  const email = 'boris@example.org';
  await run('member', 'member', 'add', '--email', email, '--name', 'Boris', '--role', 'viewer');
  expect(await run('ask', 'forget', '--email', email)).toMatch(
    /erases boris@example.org for good.*Minsk Metro.*--yes/,
  );
  expect(await run('forget', 'forget', '--email', email, '--yes')).toMatch(/^forgotten: 1 memberships/);
  expect(await run('again', 'forget', '--email', email, '--yes')).toMatch(/nobody signs in as/);
  expect(await run('last', 'forget', '--email', anna.email, '--yes')).toMatch(/at least one owner/);
  expect(await run('audit', 'audit', 'verify')).toMatch(
    /^1 organisations, \d+ entries verified, \d+ not yet sealed$/,
  );
});
