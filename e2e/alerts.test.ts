import { routes, type Thing } from '@vakhta/api';
import { type MailServer, startMailServer } from '@vakhta/testkit/processes';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, PHONE, seriousFindings, shoot, type Visitor, visit } from './browser.ts';
import { type RunningDemo, startDemo } from './demo.ts';
import { eventually } from './eventually.ts';
import { signIn } from './sign-in.ts';

/** A night on the watch: what goes wrong is told once, by a panel and by mail. The steps build on one another. */
let post: MailServer;
let demo: RunningDemo;
let browser: Browser;
let watch: Visitor;
beforeAll(async () => {
  post = await startMailServer();
  [demo, browser] = await Promise.all([
    startDemo({
      settings: { VAKHTA_SMTP_URL: post.url, VAKHTA_MAIL_FROM: 'Vakhta <desk@vakhta.example>' },
    }),
    launchBrowser(),
  ]);
  watch = await visit(browser, demo.url);
});
afterAll(async () => {
  await browser?.close();
  expect(await demo?.stop()).toBe(0);
  await post?.stop();
});

const RULE = 'TV fell silent';
const NOTE = 'on my way with a ladder';

async function firstTv(): Promise<{ tv: Thing; faults: string }> {
  const { items } = await demo.api.call(routes.listThings, { query: { limit: 1 } });
  const tv = items[0]!;
  const { configuration } = await demo.api.call(routes.getThing, { params: { thing: tv.id } });
  const { cable } = configuration as { cable: { url: string } };
  return { tv, faults: cable.url.replace(/cable$/, 'faults') };
}

const setFault = (url: string, fault: 'stall' | 'none') =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ fault }),
  });

const choose = async (page: Page, label: string, option: string) => {
  await page.getByRole('dialog').getByLabel(label, { exact: false }).first().click();
  await page.getByRole('option', { name: option, exact: true }).click();
};
const alerts = async () => (await demo.api.call(routes.listAlerts, { query: {} })).items;
const subjects = () => post.mails.map(({ mail }) => mail.subject ?? '');

test('a rule is made by hand, in a form that knows what a TV can tell', async () => {
  const { page } = watch;
  await signIn(page, demo);
  await page.getByRole('link', { name: 'Alerts' }).first().click();
  await page.getByRole('heading', { name: 'All is well' }).waitFor();
  await shoot(page, 'alerts-none');
  await page.getByRole('link', { name: 'Rules' }).click();
  await page.getByRole('heading', { name: 'Alert rules' }).waitFor();
  await page.getByText('Agent out of contact').waitFor();
  await page.getByText('Cable: no link', { exact: false }).first().waitFor();
  await page.getByRole('button', { name: 'Add a rule' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill(RULE);
  await choose(page, 'Property', 'Connection');
  await choose(page, 'Value', 'Unreachable');
  await dialog.getByText('Critical', { exact: true }).click();
  await dialog.getByLabel('When it has lasted').fill('1');
  await shoot(page, 'alert-rule-form');
  expect(await seriousFindings(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText('Connection: Unreachable', { exact: false }).waitFor();
  await shoot(page, 'alert-rules');
});

test('a stalled TV raises it once: on the screen, at the bell, and by mail', async () => {
  const { page } = watch;
  const { tv, faults } = await firstTv();
  await page.getByRole('link', { name: 'Alerts', exact: true }).first().click();
  await setFault(faults, 'stall');
  await page.getByRole('article').getByRole('heading', { name: RULE }).waitFor({ timeout: 60_000 });
  await page.getByText('1 open alert', { exact: true }).first().waitFor({ state: 'attached' });
  await shoot(page, 'alerts-open');
  expect(await seriousFindings(page)).toEqual([]);
  await eventually(() => post.mails.length > 0, { within: 30_000 });
  const [first] = post.mails;
  expect(first!.to).toEqual([demo.email]);
  expect(first!.mail.subject).toMatch(/^Critical: TV fell silent — /);
  expect(first!.mail.subject).toContain(tv.name);
  expect(first!.mail.text).toContain(`${demo.url}/alerts`);
  expect((await alerts()).map(({ title, count }) => [title.en, count])).toEqual([[RULE, 1]]);
});

test('somebody takes it on with a note, and it is no longer open', async () => {
  const { page } = watch;
  await page.getByRole('button', { name: 'Acknowledge' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Note').fill(NOTE);
  await dialog.getByRole('button', { name: 'Acknowledge' }).click();
  await page.getByRole('heading', { name: 'All is well' }).waitFor();
  await page.getByText('Acknowledged 1', { exact: true }).click();
  await page.getByText(NOTE).waitFor();
  await shoot(page, 'alerts-acknowledged');
});

test('when the TV answers again it clears by itself, and who was told of it is told of that', async () => {
  const { page } = watch;
  const { faults } = await firstTv();
  await setFault(faults, 'none');
  await page.getByRole('heading', { name: 'Nobody is on anything' }).waitFor({ timeout: 60_000 });
  await page.getByText('Cleared', { exact: true }).click();
  await page.getByText('all is well again', { exact: true }).waitFor();
  await page.getByText(NOTE).waitFor();
  await eventually(() => post.mails.length > 1, { within: 90_000 });
  expect(subjects()).toEqual([
    expect.stringMatching(/^Critical: TV fell silent/),
    expect.stringMatching(/^Critical: TV fell silent.*\(over\)$/),
  ]);
  expect(await alerts()).toMatchObject([
    { state: 'cleared', clearedBecause: 'recovered', acknowledged: { note: NOTE } },
  ]);
});

test('a dead agent raises one alert, not fifty-one', async () => {
  const { page } = watch;
  const before = new Set((await alerts()).map(({ id }) => id));
  const { items: rules } = await demo.api.call(routes.listAlertRules, { query: {} });
  // Things would be told of sooner than their agent, were they not hidden by it.
  for (const [title, forSeconds] of [
    ['Out of contact', 1],
    ['Agent out of contact', 5],
  ] as const) {
    const rule = rules.find(({ builtIn }) => builtIn?.title.en === title)!;
    await demo.api.call(routes.changeAlertRule, { params: { rule: rule.id }, body: { forSeconds } });
  }
  await page.getByText('Open', { exact: true }).click();
  // Not ended, which the demo would mend, but as dead as a mini-PC whose disk hangs.
  for (const pid of demo.pids.agents) process.kill(pid, 'SIGSTOP');
  try {
    await page
      .getByRole('article')
      .getByRole('heading', { name: 'Agent out of contact' })
      .waitFor({ timeout: 90_000 });
    const { items: things } = await demo.api.call(routes.listThings, { query: { limit: 100 } });
    expect(things.filter(({ online }) => online)).toEqual([]);
    // Long enough for each of the fifty to have been told of, ten times over.
    const told = Date.now();
    await eventually(() => Date.now() - told > 10_000);
    const raised = (await alerts()).filter(({ id }) => !before.has(id));
    expect(raised.map(({ title, subject }) => [title.en, subject.kind])).toEqual([
      ['Agent out of contact', 'agent'],
    ]);
    await shoot(page, 'alerts-dead-agent');
    const { page: phone, context } = await visit(browser, demo.url, { viewport: PHONE });
    await signIn(phone, demo);
    await phone.getByRole('link', { name: 'Alerts' }).last().tap();
    await phone.getByRole('button', { name: 'Acknowledge' }).waitFor();
    await shoot(phone, 'alerts-dead-agent-phone');
    expect(await seriousFindings(phone)).toEqual([]);
    await context.close();
  } finally {
    for (const pid of demo.pids.agents) process.kill(pid, 'SIGCONT');
  }
  await eventually(async () => (await alerts()).every(({ state }) => state === 'cleared'), {
    within: 60_000,
  });
  // By now it may be told together with its end, in one mail.
  await eventually(() => post.mails.some(({ mail }) => mail.text?.includes('Agent out of contact')), {
    within: 90_000,
  });
  expect(watch.problems).toEqual([]);
  // A silent agent is found out after half a minute, and mails leave a minute between them.
}, 300_000);
