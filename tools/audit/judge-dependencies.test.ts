import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AuditReport, judgeAdvisories, judgeLock, Lock } from './judge-dependencies.ts';

const good = { integrity: 'sha512-x', license: 'MIT' };

test('what we ship is proven by its hash, runs nothing at install that was not looked at, and has a fitting licence', async () => {
  const lock = await readFile(join(import.meta.dirname, '../../package-lock.json'), 'utf8');
  expect(judgeLock(Lock.parse(JSON.parse(lock)))).toEqual([]);
});

test('each broken rule is told by the name of the package', () => {
  const packages = {
    '': {},
    'apps/server': { link: true },
    'node_modules/fine': good,
    'node_modules/a': { license: 'MIT' },
    'node_modules/b': { ...good, hasInstallScript: true },
    'node_modules/x/node_modules/@c/d': { ...good, license: 'GPL-3.0' },
    'node_modules/tool': { ...good, license: 'GPL-3.0', dev: true },
  };
  expect(judgeLock({ packages })).toEqual([
    'a: nothing proves what is downloaded',
    'b: runs a script when it is installed',
    '@c/d: licence GPL-3.0',
  ]);
});

test('a known vulnerability counts from high on; a registry without advisories is told apart from a clean one', () => {
  const found = (severity: string) =>
    AuditReport.parse({ vulnerabilities: { left: { severity, via: ['x'] } } });
  expect(judgeAdvisories(found('critical'))).toEqual(['left: a known vulnerability, critical']);
  expect(judgeAdvisories(found('moderate'))).toEqual([]);
  for (const none of [
    { error: { code: 'ENOAUDIT', summary: 'not here' } },
    { message: '405 Method Not Allowed' },
  ])
    expect(judgeAdvisories(AuditReport.parse(none))).toBeUndefined();
});
