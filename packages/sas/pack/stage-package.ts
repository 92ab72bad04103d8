import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

const run = promisify(execFile);
const here = join(import.meta.dirname, '..');
const packages = join(here, '..');
const tsc = join(packages, '../node_modules/.bin/tsc');

const manifest = z.looseObject({
  name: z.string(),
  version: z.string(),
  exports: z.record(z.string(), z.string()),
  bin: z.record(z.string(), z.string()).optional(),
  devDependencies: z.unknown(),
  scripts: z.unknown().optional(),
});

/**
 * Writes to `folder` what is published: JavaScript and types made by the compiler, file by file, and the kernel
 * inside, since it is not published alone. Run `npm pack` there.
 */
export async function stagePackage(folder: string): Promise<void> {
  const kernel = join(folder, 'node_modules/@vakhta/kernel');
  await compile(join(packages, 'kernel'), join(kernel, 'dist'), ['src'], {});
  await compile(here, join(folder, 'dist'), ['src', 'bin'], {
    '@vakhta/kernel': [join(kernel, 'dist/src/index.d.ts')],
  });
  await writeManifest(join(packages, 'kernel'), kernel, {});
  await writeManifest(here, folder, { bundleDependencies: ['@vakhta/kernel'] });
  await cp(join(packages, '../LICENSE'), join(folder, 'LICENSE'));
  await cp(join(here, 'README.md'), join(folder, 'README.md'), { errorOnExist: false }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    },
  );
}

async function compile(
  from: string,
  to: string,
  folders: readonly string[],
  paths: Readonly<Record<string, readonly string[]>>,
): Promise<void> {
  await mkdir(to, { recursive: true });
  const config = join(to, '../tsconfig.json');
  await writeFile(
    config,
    JSON.stringify({
      extends: join(packages, '../tsconfig.base.json'),
      compilerOptions: {
        noEmit: false,
        declaration: true,
        rewriteRelativeImportExtensions: true,
        resolveJsonModule: true,
        rootDir: from,
        outDir: to,
        paths,
        typeRoots: [join(packages, '../node_modules/@types')],
      },
      include: folders.map((name) => join(from, name)),
      exclude: [join(from, '**/*.test.ts'), join(from, 'node_modules')],
    }),
  );
  await run(tsc, ['-p', config]);
}

async function writeManifest(from: string, to: string, more: object): Promise<void> {
  const {
    devDependencies: _,
    scripts: __,
    ...own
  } = manifest.parse(JSON.parse(await readFile(join(from, 'package.json'), 'utf8')));
  const built = (path: string) => path.replace(/^\.\//, './dist/').replace(/\.ts$/, '.js');
  const packed = {
    ...own,
    exports: Object.fromEntries(
      Object.entries(own.exports).map(([name, path]) => [
        name,
        { types: built(path).replace(/\.js$/, '.d.ts'), default: built(path) },
      ]),
    ),
    ...(own.bin
      ? { bin: Object.fromEntries(Object.entries(own.bin).map(([name, path]) => [name, built(path)])) }
      : {}),
    files: ['dist', 'LICENSE'],
    ...more,
  };
  await writeFile(join(to, 'package.json'), JSON.stringify(packed, null, 2));
}
