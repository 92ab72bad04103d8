import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { build, type Rollup } from 'vite';
import { expect, test } from 'vitest';

const library = join(import.meta.dirname, '../src/index.ts');

test('the library bundles for a browser and analyses a game there', async () => {
  const program = `
    import { analyse, parseRules } from ${JSON.stringify(library)};
    export const ev = analyse(parseRules({ decks: 1, SPL: 0 })).ev;
  `;
  const built = (await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      rollupOptions: {
        input: 'program',
        output: { format: 'iife', name: 'bundled' },
        preserveEntrySignatures: 'strict',
      },
    },
    plugins: [
      {
        name: 'program',
        resolveId: (id) => (id === 'program' ? '\0program.ts' : undefined),
        load: (id) => (id === '\0program.ts' ? program : undefined),
      },
    ],
  })) as Rollup.RollupOutput | Rollup.RollupOutput[];
  const [chunk] = (Array.isArray(built) ? built[0]! : built).output;
  // Nothing of Node is asked for, nor stood in for.
  expect(chunk.imports).toEqual([]);
  expect(Object.keys(chunk.modules).filter((id) => id.includes('browser-external'))).toEqual([]);
  const { ev } = runInContext(`${chunk.code}; bundled`, createContext({ TextEncoder, TextDecoder })) as {
    ev: number;
  };
  expect(ev).toBeCloseTo(-0.003334915962808, 12);
});
