import { execFile } from 'node:child_process';
import { access, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import { stagePackage } from './stage-package.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../../..');

let folder: string;
let project: string;

/** Where npm put a package for us: beside this one, or at the root. */
async function installed(name: string): Promise<string | undefined> {
  for (const place of [join(import.meta.dirname, '..'), root]) {
    const path = join(place, 'node_modules', name);
    if (
      await access(path).then(
        () => true,
        () => false,
      )
    )
      return path;
  }
  return undefined;
}

/** Packs `from` and tells the tarball. */
async function pack(from: string): Promise<string> {
  const { stdout } = await run(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--pack-destination', folder, from],
    { cwd: folder },
  );
  const [packed] = Object.values(JSON.parse(stdout) as Record<string, { filename: string }>);
  return join(folder, packed!.filename);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vakhta-pack-'));
  const stage = join(folder, 'stage');
  project = join(folder, 'project');
  await mkdir(stage);
  await mkdir(project);
  await stagePackage(stage);
  // What the package needs is packed from what is installed here, so that no network is needed; the binary of koffi too.
  const names = [
    ...Object.keys(packageJson.dependencies),
    `@koromix/koffi-${process.platform}-${process.arch}`,
  ];
  const needed = (await Promise.all(names.filter((name) => name !== '@vakhta/kernel').map(installed))).filter(
    (path) => path !== undefined,
  );
  const tarballs: string[] = [];
  for (const from of [...needed, stage]) tarballs.push(await pack(from));
  await writeFile(
    join(project, 'package.json'),
    JSON.stringify({ name: 'empty', private: true, type: 'module' }),
  );
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', '--ignore-scripts', ...tarballs], {
    cwd: project,
  });
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

test('the packed package runs in an empty project: its command, its imports, its thread', async () => {
  const sas = join(project, 'node_modules/.bin/sas');
  const decoded = await run(process.execPath, [sas, 'decode', '011A000166609CF4'], { cwd: project });
  expect(decoded.stdout).toContain('16660');
  await writeFile(
    join(project, 'use.js'),
    `import { SasHost, systemClock } from '@vakhta/sas';
     import { messageNames } from '@vakhta/sas/codec';
     import { hostSymbols } from '@vakhta/sas/line';
     import { SimulatedMachine } from '@vakhta/sas/simulator';
     console.log(typeof SasHost, messageNames.length > 50, hostSymbols([1, 2]), typeof SimulatedMachine);
     if (process.platform === 'linux') {
       const { openPtyLine } = await import('@vakhta/sas/transports');
       const { path, line } = await openPtyLine('gap', systemClock);
       console.log(path.startsWith('/dev/pts/'));
       await line.close();
     }`,
  );
  const used = await run(process.execPath, ['use.js'], { cwd: project });
  expect(used.stdout).toContain('function true [ 257, 2 ] function');
  if (process.platform === 'linux') expect(used.stdout).toMatch(/true\s*$/);
});

test('its types are there, and are strict', async () => {
  const check = async (file: string, code: string) => {
    await writeFile(join(project, file), code);
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024', '--skipLibCheck'];
    return run(join(root, 'node_modules/.bin/tsc'), [...options, file], { cwd: project }).then(
      () => 'fits',
      (error: { stdout: string }) => error.stdout,
    );
  };
  const head = `import { longPollTo, encodeRequest } from '@vakhta/sas/codec';\n`;
  expect(
    await check(
      'right.ts',
      `${head}export const bytes: Uint8Array = encodeRequest(longPollTo(1, 'currentCredits', {}));`,
    ),
  ).toBe('fits');
  expect(await check('wrong.ts', `${head}longPollTo(1, 'currentDebts', {});`)).toContain('currentDebts');
});
