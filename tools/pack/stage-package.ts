import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');
const packages = join(root, 'packages');
const tsc = join(root, 'node_modules/.bin/tsc');

const manifest = z.looseObject({
  name: z.string(),
  version: z.string(),
  exports: z.record(z.string(), z.string()),
  bin: z.record(z.string(), z.string()).optional(),
  dependencies: z.record(z.string(), z.string()).optional(),
  devDependencies: z.unknown().optional(),
  scripts: z.unknown().optional(),
});

interface Published {
  /** Folder in `packages`. */
  name: string;
  /** Of our packages, those that it needs, each after what itself needs: they are not published alone. */
  bundled: readonly string[];
  folders: readonly string[];
  /** Of files that are added to the folder later. */
  moreExports?: Readonly<Record<string, object>>;
}

/**
 * Writes to `folder` what is published of a package: JavaScript and types made by the compiler, file by file, with
 * what it needs of our others inside. Run `npm pack` there.
 */
export async function stagePackage(
  { name, bundled, folders, moreExports = {} }: Published,
  folder: string,
): Promise<void> {
  const types: Record<string, string[]> = {};
  // What the inner packages' types need of others is nowhere above `folder`; unfound, they would all be `any`.
  const others = (await Promise.all(bundled.map(dependenciesOf))).flat();
  const links = [...new Set(others)].filter((other) => !other.startsWith('@vakhta/'));
  await mkdir(join(folder, 'node_modules'), { recursive: true });
  for (const other of links)
    await symlink(join(root, 'node_modules', other), join(folder, 'node_modules', other));
  for (const inner of bundled) {
    const to = join(folder, 'node_modules/@vakhta', inner);
    await compile(join(packages, inner), join(to, 'dist'), ['src'], types);
    await writeManifest(join(packages, inner), to, {}, {});
    types[`@vakhta/${inner}`] = [join(to, 'dist/src/index.d.ts')];
  }
  await compile(join(packages, name), join(folder, 'dist'), folders, types);
  // They are not ours to publish.
  for (const other of links) await rm(join(folder, 'node_modules', other));
  const bundleDependencies = bundled.map((inner) => `@vakhta/${inner}`);
  await writeManifest(join(packages, name), folder, moreExports, { bundleDependencies });
  await cp(join(root, 'LICENSE'), join(folder, 'LICENSE'));
  await cp(join(packages, name, 'README.md'), join(folder, 'README.md'));
}

async function dependenciesOf(name: string): Promise<string[]> {
  const { dependencies = {} } = manifest.parse(await readManifest(join(packages, name)));
  return Object.keys(dependencies);
}

const readManifest = async (folder: string): Promise<unknown> =>
  JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));

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
      extends: join(root, 'tsconfig.base.json'),
      compilerOptions: {
        noEmit: false,
        declaration: true,
        rewriteRelativeImportExtensions: true,
        resolveJsonModule: true,
        rootDir: from,
        outDir: to,
        paths,
        typeRoots: [join(root, 'node_modules/@types')],
      },
      include: folders.map((name) => join(from, name)),
      exclude: [join(from, '**/*.test.ts'), join(from, 'node_modules')],
    }),
  );
  await run(tsc, ['-p', config]).catch((error: { stdout: string }) => {
    throw new Error(`${from} does not compile alone:\n${error.stdout}`);
  });
}

async function writeManifest(from: string, to: string, moreExports: object, more: object): Promise<void> {
  const { devDependencies: _, scripts: __, ...own } = manifest.parse(await readManifest(from));
  const built = (path: string) => path.replace(/^\.\//, './dist/').replace(/\.ts$/, '.js');
  const packed = {
    ...own,
    exports: {
      ...Object.fromEntries(
        Object.entries(own.exports).map(([name, path]) => [
          name,
          { types: built(path).replace(/\.js$/, '.d.ts'), default: built(path) },
        ]),
      ),
      ...moreExports,
    },
    ...(own.bin
      ? { bin: Object.fromEntries(Object.entries(own.bin).map(([name, path]) => [name, built(path)])) }
      : {}),
    files: ['dist', 'LICENSE'],
    ...more,
  };
  await writeFile(join(to, 'package.json'), JSON.stringify(packed, null, 2));
}
