import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { renderReference } from './render-reference.ts';

test('the committed reference is what the declarations say (npx sas reference > docs/reference/sas.md)', async () => {
  const page = await readFile(new URL('../../../../docs/reference/sas.md', import.meta.url), 'utf8');
  expect(page).toBe(renderReference());
});
