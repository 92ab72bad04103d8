import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What the built panel is made of, from the root of the checkout. */
const SOURCES = [
  'apps/panel/analyzer/index.html',
  'apps/panel/index.html',
  'apps/panel/package.json',
  'apps/panel/public',
  'apps/panel/src',
  'apps/panel/vite.analyzer.config.ts',
  'apps/panel/vite.config.ts',
  'packages/api/src',
  'packages/blackjack/src',
  'packages/kernel/src',
  'packages/things/src',
  'package-lock.json',
] as const;

/**
 * Builds the panel if it was not built from the sources that are there now. `say` is told when that takes place. A
 * build that fails leaves the former one, if any, and throws.
 */
export const ensurePanel = (root: string, say: (line: string) => void): Promise<void> =>
  ensureBuilt(root, { config: 'vite.config.ts', output: 'dist', what: 'the panel' }, say);

/** The same for the Analyzer's one file, `apps/panel/analyzer/dist/index.html`. */
export const ensureAnalyzer = (root: string, say: (line: string) => void): Promise<void> =>
  ensureBuilt(
    root,
    { config: 'vite.analyzer.config.ts', output: 'analyzer/dist', what: 'the Analyzer' },
    say,
  );

interface Build {
  readonly config: string;
  readonly output: string;
  readonly what: string;
}

async function ensureBuilt(
  root: string,
  { config, output, what }: Build,
  say: (line: string) => void,
): Promise<void> {
  const panel = join(root, 'apps/panel');
  const stamp = join(panel, output, '.sources');
  const sources = await hashOf(root);
  if ((await readFile(stamp, 'utf8').catch(() => '')) === sources) return;
  say(`building ${what} (once per change of its sources)`);
  await run(process.execPath, [viteProgram(root), 'build', '-c', config, '--logLevel', 'warn'], {
    cwd: panel,
    // Whoever starts us may say "test" or "development" of himself; people get the production build.
    env: { ...process.env, NODE_ENV: 'production' },
    maxBuffer: 16 * 1024 * 1024,
  });
  await writeFile(stamp, sources);
}

export const viteProgram = (root: string): string =>
  join(
    dirname(createRequire(join(root, 'apps/panel/package.json')).resolve('vite/package.json')),
    'bin/vite.js',
  );

async function hashOf(root: string): Promise<string> {
  const hash = createHash('sha256');
  for (const source of SOURCES)
    for (const file of await filesOf(join(root, source)))
      hash.update(file.slice(root.length)).update(await readFile(file));
  return hash.digest('hex');
}

async function filesOf(path: string): Promise<string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => undefined);
  if (!entries) return [path];
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
