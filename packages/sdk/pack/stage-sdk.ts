import { join } from 'node:path';
import { build } from 'vite';
import { stagePackage } from '../../../tools/pack/stage-package.ts';

const BROWSER = 'dist/browser/vakhta-sdk.js';

/** Writes to `folder` what is published: modules for Node and bundlers, and one file that a page loads as it is. */
export async function stageSdk(folder: string): Promise<void> {
  await stagePackage(
    {
      name: 'sdk',
      bundled: ['kernel', 'things', 'api'],
      folders: ['src'],
      moreExports: { './browser': { types: './dist/src/index.d.ts', default: `./${BROWSER}` } },
    },
    folder,
  );
  await bundleForBrowser(join(folder, BROWSER));
}

/** Writes the SDK with all that it needs into one JavaScript module. */
async function bundleForBrowser(file: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'error',
    root: join(import.meta.dirname, '..'),
    build: {
      target: 'es2023',
      outDir: join(file, '..'),
      emptyOutDir: false,
      lib: {
        entry: join(import.meta.dirname, '../src/index.ts'),
        formats: ['es'],
        fileName: () => 'vakhta-sdk.js',
      },
    },
  });
}
