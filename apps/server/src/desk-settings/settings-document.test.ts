import { expect, test } from 'vitest';
import { settingsDocument } from './settings-document.ts';

test('the page of the settings says what is declared; run with `-u` after a change of them', async () => {
  await expect(settingsDocument()).toMatchFileSnapshot('../../../../docs/reference/settings.md');
});
