import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

/** Where screenshots are kept as artefacts of a run. */
const SHOTS = join(import.meta.dirname, '..', 'artefacts', 'e2e');

/** A Chromium found on the machine: E2E_CHROMIUM, or where Debian puts it. */
const executablePath = process.env.E2E_CHROMIUM ?? '/usr/bin/chromium';

export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });

export const WIDE = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

export interface Visitor {
  context: BrowserContext;
  page: Page;
  /** Errors the page threw or logged; a healthy page has none. */
  problems: string[];
}

/** A person with a browser of their own. */
export async function visit(
  browser: Browser,
  url: string,
  options: {
    viewport?: { width: number; height: number };
    locale?: string;
    colorScheme?: 'dark' | 'light';
  } = {},
): Promise<Visitor> {
  const { viewport = WIDE, locale = 'en-GB', colorScheme = 'dark' } = options;
  const context = await browser.newContext({
    viewport,
    locale,
    colorScheme,
    hasTouch: viewport.width < 600,
    reducedMotion: 'reduce',
  });
  // The desk is dark until somebody chooses otherwise on their device.
  if (colorScheme === 'light') await context.addInitScript("localStorage.setItem('vakhta-theme', 'light')");
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('401')) problems.push(message.text());
  });
  await page.goto(url);
  return { context, page, problems };
}

export async function shoot(page: Page, name: string): Promise<void> {
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: join(SHOTS, `${name}.png`) });
}

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What axe finds that is serious or critical, one line each. */
export async function seriousFindings(page: Page): Promise<string[]> {
  // Injected over the DevTools protocol, which a page's Content-Security-Policy does not bind.
  await page.evaluate(await import('node:fs/promises').then((fs) => fs.readFile(axePath, 'utf8')));
  const results = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } };
    return (await axe.run()).violations;
  });
  return results
    .filter((violation) => violation.impact === 'serious' || violation.impact === 'critical')
    .map(({ id, help, nodes }) => `${id}: ${help} (${nodes.length}×, ${nodes[0]?.target.join(' ')})`);
}

interface Violation {
  id: string;
  impact: string | null;
  help: string;
  nodes: { target: string[] }[];
}
