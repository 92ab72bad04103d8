import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { build, type Rollup } from 'vite';
import type { Times } from './analysis-times.ts';

/** The same runs in a worker of the Chromium on this machine (E2E_CHROMIUM, or where Debian puts it), by its wall clock. */
export async function timesInBrowser(runs: number): Promise<Times> {
  const code = await workerCode(runs);
  const browser = await chromium.launch({
    executablePath: process.env.E2E_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    const page = await browser.newPage();
    return (await page.evaluate(runInWorker(code))) as Times;
  } finally {
    await browser.close();
  }
}

async function workerCode(runs: number): Promise<string> {
  const entry = '\0worker.ts';
  const program = `
    import { analysisTimes } from ${JSON.stringify(join(import.meta.dirname, 'analysis-times.ts'))};
    postMessage(analysisTimes(() => performance.now(), ${runs}));
  `;
  const built = (await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: true,
      rollupOptions: { input: 'worker', output: { format: 'iife' } },
    },
    plugins: [
      {
        name: 'worker',
        resolveId: (id) => (id === 'worker' ? entry : undefined),
        load: (id) => (id === entry ? program : undefined),
      },
    ],
  })) as Rollup.RollupOutput | Rollup.RollupOutput[];
  return (Array.isArray(built) ? built[0]! : built).output[0].code;
}

/** An expression for the page, where the types of this program do not reach. */
const runInWorker = (source: string): string => `
  new Promise((resolve, reject) => {
    const code = new Blob([${JSON.stringify(source)}], { type: 'text/javascript' });
    const worker = new Worker(URL.createObjectURL(code));
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
  })`;
