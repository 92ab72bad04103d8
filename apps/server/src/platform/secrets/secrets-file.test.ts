import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as z from 'zod';
import { ensureSecrets, replaceSecrets } from './secrets-file.ts';

const Secrets = z.strictObject({ key: z.string() });
let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vakhta-secrets-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

let made = 0;
const ensure = () =>
  ensureSecrets(join(directory, 'deep/secrets.json'), Secrets, () => ({ key: `key ${++made}` }));

test('what was made once stays, for its owner only', async () => {
  const first = await ensure();
  expect(await ensure()).toEqual(first);
  expect((await stat(join(directory, 'deep/secrets.json'))).mode & 0o777).toBe(0o600);
  expect((await stat(join(directory, 'deep'))).mode & 0o777).toBe(0o700);
});

test('two that make it at once get the same, and leave nothing else', async () => {
  const [first, second] = await Promise.all([ensure(), ensure()]);
  expect(second).toEqual(first);
  expect(await readdir(join(directory, 'deep'))).toEqual(['secrets.json']);
});

test('a file that others can read is refused', async () => {
  await ensure();
  await chmod(join(directory, 'deep/secrets.json'), 0o640);
  await expect(ensure()).rejects.toMatchObject({ code: 'secrets.exposed' });
});

test('a file that is not as it should be is refused, not replaced', async () => {
  await ensure();
  await writeFile(join(directory, 'deep/secrets.json'), '{"other":1}');
  await expect(ensure()).rejects.toMatchObject({ code: 'secrets.invalid' });
});

test('secrets that are replaced are whole and stay private', async () => {
  await ensure();
  await replaceSecrets(join(directory, 'deep/secrets.json'), { key: 'another' });
  expect(await ensure()).toEqual({ key: 'another' });
});
