import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EmptyProject, installInEmptyProject } from '../../../tools/pack/empty-project.ts';
import packageJson from '../package.json' with { type: 'json' };
import { stageSas } from './stage-sas.ts';

let project: EmptyProject;
beforeAll(async () => {
  project = await installInEmptyProject({
    stage: stageSas,
    home: join(import.meta.dirname, '..'),
    // The binary of koffi too.
    needs: [
      ...Object.keys(packageJson.dependencies).filter((name) => name !== '@vakhta/kernel'),
      `@koromix/koffi-${process.platform}-${process.arch}`,
    ],
  });
}, 120_000);
afterAll(() => project?.remove());

test('the packed package runs in an empty project: its command, its imports, its thread', async () => {
  expect(await project.node(['node_modules/.bin/sas', 'decode', '011A000166609CF4'])).toContain('16660');
  await project.write(
    'use.js',
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
  const used = await project.node(['use.js']);
  expect(used).toContain('function true [ 257, 2 ] function');
  if (process.platform === 'linux') expect(used).toMatch(/true\s*$/);
});

test('its types are there, and are strict', async () => {
  const head = `import { longPollTo, encodeRequest } from '@vakhta/sas/codec';\n`;
  await project.write(
    'right.ts',
    `${head}export const bytes: Uint8Array = encodeRequest(longPollTo(1, 'currentCredits', {}));`,
  );
  await project.write('wrong.ts', `${head}longPollTo(1, 'currentDebts', {});`);
  expect(await project.typeCheck('right.ts')).toBe('');
  expect(await project.typeCheck('wrong.ts')).toContain('currentDebts');
});
