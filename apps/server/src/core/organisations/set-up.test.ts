import { routes } from '@vakhta/api';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tokenIn } from '../../../test/letters.ts';
import { PASSWORD, type RunningDesk, startDesk } from '../../../test/running-desk.ts';
import { refusalOf, TestBrowser } from '../../../test/test-browser.ts';

let desk: RunningDesk;
let browser: TestBrowser;
beforeEach(async () => {
  desk = await startDesk();
  browser = new TestBrowser(desk.url);
});
afterEach(() => desk.stop());

const owner = (token: string, email = 'anna@example.org') => ({
  body: { token, organisation: 'Metro', name: 'Anna', email, password: PASSWORD },
});

test('the link of an empty desk makes its first owner, once, and lets them in', async () => {
  expect(desk.setUp).toMatch(new RegExp(`^${desk.url}/set-up#`));
  expect(await browser.get(routes.getDoor)).toMatchObject({ empty: true });
  const token = tokenIn(desk.setUp);
  const session = await browser.get(routes.setUp, owner(token));
  expect(session.memberships).toMatchObject([{ organisation: { name: 'Metro' }, roles: ['owner'] }]);
  expect((await browser.ask(routes.createSite, { body: { name: 'Nemiga' } })).status).toBe(201);
  expect(await browser.get(routes.getDoor)).toMatchObject({ empty: false });
  const second = new TestBrowser(desk.url);
  expect(await refusalOf(await second.ask(routes.setUp, owner(token, 'second@example.org')))).toEqual([
    422,
    'link_void',
  ]);
  expect(await desk.identity.findByEmail('second@example.org')).toBeNull();
});

test('without the link an empty desk is nobody’s', async () => {
  for (const token of ['', 'made-up', tokenIn(desk.setUp).replace(/.{8}$/, 'AAAAAAAA')]) {
    const { status } = await browser.ask(routes.setUp, owner(token));
    expect([400, 422]).toContain(status);
  }
  expect(await browser.get(routes.getDoor)).toMatchObject({ empty: true });
});

test('of two who follow the link at the same moment one owns the desk', async () => {
  const token = tokenIn(desk.setUp);
  const outcomes = await Promise.all(
    ['one', 'two', 'three'].map((who) =>
      new TestBrowser(desk.url).ask(routes.setUp, owner(token, `${who}@example.org`)),
    ),
  );
  expect(outcomes.map(({ status }) => status).sort()).toEqual([200, 422, 422]);
  const { rows } = await desk.database.owner((tx) =>
    sql<{ count: number }>`select count(*) from organisations`.execute(tx),
  );
  expect(rows[0]?.count).toBe(1);
});
