import {
  CasinoReportName,
  casinoActRoutes,
  casinoCashRoutes,
  casinoFloorRoutes,
  createClient,
  rolePermissions,
  routes,
} from '@vakhta/api';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeToken } from '../apps/cli/src/demo/sign-in.ts';
import { launchBrowser, PHONE, seriousFindings, shoot, type Visitor, visit } from './browser.ts';
import { type RunningDemo, startDemo } from './demo.ts';
import { eventually } from './eventually.ts';
import { makePastHall } from './past-hall.ts';
import { signIn } from './sign-in.ts';
import { type SpareMachine, startSpareMachine } from './spare-machine.ts';

/** A night in a casino: real machines' bytes, the people of the hall, money. The steps build on one another. */
const MACHINE = 'Z-01';
let demo: RunningDemo;
let browser: Browser;
let spare: SpareMachine;
let hall: string;
const people: Partial<Record<Person, Visitor>> = {};
type Person = 'manager' | 'supervisor' | 'cashier' | 'attendant' | 'auditor';

beforeAll(async () => {
  [demo, browser, spare] = await Promise.all([
    startDemo({ hall: true }),
    launchBrowser(),
    startSpareMachine('SPARE1'),
  ]);
  hall = (await demo.api.call(casinoFloorRoutes.listHalls)).items[0]!.id;
  const { items: agents } = await demo.api.call(routes.listAgents, { query: {} });
  await demo.api.call(routes.createThing, {
    body: {
      name: MACHINE,
      model: 'egm',
      agent: agents[0]!.id,
      site: hall,
      configuration: { line: spare.line },
    },
  });
});
afterAll(async () => {
  await browser?.close();
  await spare?.stop();
  expect(await demo?.stop()).toBe(0);
});

const accountOf = (who: Person) => ({ email: `${who}@vakhta.example`, password: demo.password });

/** That person's own browser, signed in. */
async function as(who: Person): Promise<Page> {
  const known = people[who];
  if (known) return known.page;
  const visitor = await visit(browser, demo.url);
  people[who] = visitor;
  await signIn(visitor.page, accountOf(who));
  await visitor.page.getByRole('link', { name: 'Casino' }).first().waitFor();
  return visitor.page;
}

async function open(who: Person, path = '', at = hall): Promise<Page> {
  const page = await as(who);
  await page.goto(`${demo.url}/casino/${at}${path}`);
  return page;
}

const cell = (page: Page, row: string, text: string) =>
  page.getByRole('row', { name: row }).getByRole('cell', { name: text, exact: true }).first();

test('a manager puts a connected machine on the floor; what it told of itself is filled in', async () => {
  const page = await open('manager', '/set-up');
  const item = page.getByRole('listitem').filter({ hasText: MACHINE });
  await item.getByText('is connected and stands on no floor yet').waitFor();
  await item.getByRole('button', { name: 'Put on the floor' }).click();
  const dialog = page.getByRole('dialog');
  expect(await dialog.getByLabel('Serial number').inputValue()).toBe(spare.serial);
  await dialog.getByLabel('Largest bet').fill('50');
  await dialog.getByLabel('Largest win').fill('1000000');
  await shoot(page, 'casino-place');
  await dialog.getByRole('button', { name: 'Put on the floor' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.goto(`${demo.url}/casino/${hall}/machines/${MACHINE}`);
  await page.getByText('The meters agree with one another.').waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await shoot(page, 'casino-machine');
});

test('a cashier credits a machine whose answer is lost: it is asked what it did, and the money moves once', async () => {
  const page = await open('cashier', `/desk?machine=${MACHINE}`);
  await page.getByLabel('Amount').fill('25');
  spare.loseTransferAnswers();
  await page.getByRole('button', { name: `Credit BYN 25.00 cashable to ${MACHINE}` }).click();
  await page.getByRole('status').filter({ hasText: 'Checking with the machine' }).waitFor();
  await shoot(page, 'casino-checking');
  spare.hear();
  await page.getByRole('status').filter({ hasText: 'Done' }).waitFor({ timeout: 60_000 });
  await shoot(page, 'casino-credited');
  expect(await seriousFindings(page)).toEqual([]);

  expect(spare.machine.meters.read('00A0')).toBe(2500);
  const { items } = await demo.api.call(casinoCashRoutes.listTransfers, { params: { hall }, query: {} });
  expect(items.filter(({ machine }) => machine === MACHINE)).toMatchObject([
    { state: 'completed', appliedMinor: 2500 },
  ]);
});

test('a handpay, from the lock over the slip to the reset', async () => {
  const page = await open('cashier', '/handpays');
  spare.machine.play.game(1, 12_000, 'attendant');
  const card = page.getByRole('article').filter({ hasText: MACHINE });
  await card.getByText('BYN 120.00').waitFor();
  await card.getByRole('button', { name: 'Pay', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Pay', exact: true }).click();
  await card.getByRole('button', { name: /^Slip/ }).click();
  const slip = page.getByRole('dialog');
  await slip.getByText('BYN 120.00').first().waitFor();
  await shoot(page, 'casino-slip');
  await page.keyboard.press('Escape');
  expect(spare.machine.handpays.isLocked).toBe(true);
  await card.getByRole('button', { name: 'Reset the machine' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Reset the machine' }).click();
  await eventually(() => !spare.machine.handpays.isLocked);
  await card.waitFor({ state: 'hidden' });
  expect(await seriousFindings(page)).toEqual([]);
});

test('an open door is an alert that an attendant takes on, and that goes when it is shut', async () => {
  const page = await open('attendant', '/alerts');
  spare.machine.raise({ code: '11' });
  const alert = page.getByRole('listitem').filter({ hasText: 'Machine door open' });
  await alert.getByRole('button', { name: 'I am on it' }).click();
  await page.getByRole('dialog').getByLabel('A word for the others').fill('bill jam');
  await page.getByRole('dialog').getByRole('button', { name: 'I am on it' }).click();
  await alert.getByText('is on it · bill jam', { exact: false }).waitFor();
  await shoot(page, 'casino-alert');
  expect(await seriousFindings(page)).toEqual([]);
  spare.machine.raise({ code: '12' });
  await page.getByRole('heading', { name: 'Over in the last 24 hours' }).waitFor();
});

let past: string;

test('the classic screen shows the numbers of the published one', async () => {
  past = await makePastHall(demo, 'D02', 'Old hall');
  const page = await open('manager', '/guests/P1?view=classic', past);
  const figures = ['43,765,000', '45,563,000', '8,758', '4.997', '4.108'];
  for (const figure of figures) await cell(page, 'All', figure).waitFor();
  for (const [day, ...of] of [
    ['2026-04-02', '9,270,000', '8,860,000', '1,853', '5.003', '-4.423'],
    ['2026-04-01', '34,495,000', '36,703,000', '6,905', '4.996', '6.401'],
  ] as const)
    for (const figure of of) await cell(page, day, figure).waitFor();
  await cell(page, 'M02', '-88.235').waitFor();
  await shoot(page, 'casino-classic');
  expect(await seriousFindings(page)).toEqual([]);
  // A figure opens to the movements of meters it is made of.
  await page.getByRole('row', { name: 'M02' }).getByRole('link', { name: '85,000', exact: true }).click();
  await page.getByRole('heading', { name: 'Meter log' }).waitFor();
  await cell(page, '85', '85,000').waitFor();
});

test('a game day is closed by two persons once its one exception is explained', async () => {
  const supervisor = await open('supervisor', '/days', past);
  const day = supervisor.getByRole('row', { name: '2026-04-02' });
  await day.getByRole('button', { name: 'Close the day' }).click();
  const closing = supervisor.getByRole('dialog');
  await closing.getByText('Doubtful meters: M09 Coin-in').waitFor();
  expect(await closing.getByRole('button', { name: 'Close the day' }).isDisabled()).toBe(true);
  await shoot(supervisor, 'casino-day-stands');
  await supervisor.keyboard.press('Escape');

  await supervisor.getByRole('link', { name: 'Inbox' }).click();
  const item = supervisor.getByRole('listitem').filter({ hasText: 'Doubtful meter' });
  await item.getByText('rose by 9,000,000').waitFor();
  await item.getByRole('button', { name: 'Drop it' }).click();
  await supervisor.getByRole('dialog').getByRole('button', { name: 'Drop it' }).click();
  await supervisor.getByText('Waiting for another person', { exact: false }).waitFor();
  const manager = await open('manager', '/approvals', past);
  const approve = async (what: string) => {
    const request = manager.getByRole('listitem').filter({ hasText: what });
    await request.getByRole('button', { name: 'Approve' }).click();
    await manager.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
  };
  await approve('Drop the doubtful delta');
  await supervisor.getByRole('heading', { name: 'The inbox is empty' }).waitFor();
  await supervisor.getByRole('button', { name: 'Take it back' }).waitFor();
  await shoot(supervisor, 'casino-decided');

  await supervisor.getByRole('link', { name: 'Game days' }).click();
  await day.getByRole('button', { name: 'Close the day' }).click();
  await closing.getByRole('button', { name: 'Close the day' }).click();
  await closing.getByText('Waiting for another person', { exact: false }).waitFor();
  await approve('Close game day 2026-04-02');
  await closing.waitFor({ state: 'hidden' });
  await day.getByText('Closed', { exact: true }).first().waitFor();
  await day.getByRole('link', { name: 'Certificate' }).click();
  await supervisor.getByRole('heading', { name: 'Day close certificates' }).waitFor();
  await shoot(supervisor, 'casino-certificate');
  expect(await seriousFindings(supervisor)).toEqual([]);
});

test('an auditor reads all of it and changes nothing', async () => {
  const page = await open('auditor');
  await page.getByRole('heading', { name: /^Floor/ }).waitFor();
  for (const report of CasinoReportName.options) {
    await page.goto(`${demo.url}/casino/${hall}/reports/${report}`);
    await page.getByRole('button', { name: 'CSV' }).waitFor();
  }
  expect(await seriousFindings(page)).toEqual([]);
  for (const path of ['', `/machines/${MACHINE}`, '/guests', '/inbox', '/handpays', '/days']) {
    await page.goto(`${demo.url}/casino/${hall}${path}`);
    await page.getByRole('heading').first().waitFor();
    for (const deed of ['Seat', 'Pay', 'Approve', 'Close the day', 'Lock', 'Count it', 'Add guest'])
      expect(await page.getByRole('button', { name: deed, exact: true }).count(), `${path} ${deed}`).toBe(0);
  }
  const token = await makeToken(demo.url, accountOf('auditor'), demo.organisation);
  const auditor = createClient({ server: demo.url, token });
  await expect(
    auditor.call(casinoActRoutes.addPlayer, { params: { hall }, body: { player: 'Nobody' } }),
  ).rejects.toMatchObject({ status: 403 });
  for (const route of Object.values(casinoActRoutes))
    expect(rolePermissions.auditor as readonly string[], route.path).not.toContain(route.access);
});

test('an attendant at night, on a phone, in Russian', async () => {
  const { page, problems } = await visit(browser, demo.url, { viewport: PHONE, locale: 'ru-RU' });
  await page.locator('input[type=email]').fill('attendant@vakhta.example');
  await page.locator('input[type=password]').fill(demo.password);
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Казино' }).first().waitFor();
  for (const [path, heading] of [
    ['', /^Зал/],
    ['/guests', 'Гости'],
    ['/handpays', 'Ручные выплаты'],
    [`/machines/${MACHINE}`, MACHINE],
  ] as const) {
    await page.goto(`${demo.url}/casino/${hall}${path}`);
    await page.getByRole('heading', { name: heading }).first().waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), path).toBe(0);
    expect(await seriousFindings(page), path).toEqual([]);
    await shoot(page, `casino-phone${path.replaceAll('/', '-')}`);
  }
  expect(problems).toEqual([]);
});

test('no page of the night threw', () => {
  // That a second person is needed is an answer, and the browser logs it.
  const isAnswer = (problem: string) => problem.includes('409 (Conflict)');
  for (const [who, { problems }] of Object.entries(people))
    expect(
      problems.filter((problem) => !isAnswer(problem)),
      who,
    ).toEqual([]);
});
