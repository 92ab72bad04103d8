import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const VAKHTA = join(import.meta.dirname, '../bin/vakhta.ts');
let data: string;
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'vakhta-cli-'));
});
afterAll(() => rm(data, { recursive: true, force: true }));

const clean = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(VAKHTA_|DATABASE_URL|VITEST|NODE_OPTIONS)/.test(name)),
);

const vakhta = (
  args: string,
  { env = {}, input = '' }: { env?: Record<string, string>; input?: string } = {},
) =>
  new Promise<{ status: number; out: string; problem: string }>((resolve) => {
    const child = execFile(
      process.execPath,
      [VAKHTA, ...args.split(' ')],
      { env: { ...clean, VAKHTA_DATA: data, VAKHTA_PORT: '0', ...env } },
      (error, out, problem) => resolve({ status: error ? Number(error.code) : 0, out, problem }),
    );
    child.stdin?.end(input);
  });

describe('exit codes', () => {
  test.each([
    '--help',
    '--version',
    'demo --help',
    'serve --help',
    'member add --help',
    'member password --help',
    'rebuild --help',
    'audit verify --help',
    'doctor --help',
    'backup --help',
    'restore --help',
    'agent --help',
    'enrol --help',
  ])('`vakhta %s` is 0', async (args) => {
    expect((await vakhta(args)).status).toBe(0);
  });

  test.each([
    'no-such-command',
    'serve --no-such-option',
    'member add',
    'member add --email x --name X --role owner',
    'member add --email a@b.example --name X --role king',
    'member password',
    'rebuild',
    'rebuild no-such-projection',
    'backup --keep 0',
    'restore',
  ])('`vakhta %s` is 2, with a reason', async (args) => {
    const { status, problem } = await vakhta(args);
    expect([status, problem.trim().length > 0]).toEqual([2, true]);
  });

  test('a mistyped setting is 2 and names the nearest', async () => {
    const { status, problem } = await vakhta('serve', { env: { VAKHTA_PROT: '1' } });
    expect([status, problem.trim()]).toEqual([2, 'VAKHTA_PROT is no setting; did you mean VAKHTA_PORT?']);
  });

  test('a host that is not loopback, in the clear, is 2 and says what to do', async () => {
    const { status, problem } = await vakhta('serve', { env: { VAKHTA_HOST: '0.0.0.0' } });
    expect([status, problem]).toEqual([2, expect.stringContaining('VAKHTA_BEHIND_PROXY=1')]);
  });

  test('a database that is not reachable is 1', async () => {
    const env = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' };
    expect((await vakhta('audit verify', { env })).status).toBe(1);
    const { status, out } = await vakhta('doctor --json', { env });
    expect(status).toBe(1);
    expect(JSON.parse(out).findings).toContainEqual(
      expect.objectContaining({ what: 'database', verdict: 'wrong', advice: expect.any(String) }),
    );
  });
});

test('the first owner comes in by hand, and what was done can be verified', async () => {
  const add =
    'member add --email boss@example.org --name Boss --role owner --role manager --organisation Metro --json';
  const added = await vakhta(`${add} --password-stdin`, { input: 'a long enough password\n' });
  expect(JSON.parse(added.out)).toMatchObject({ roles: ['owner', 'manager'] });
  const again = await vakhta(add);
  expect([again.status, again.problem.trim()]).toEqual([1, 'this person is a member already']);

  const second = JSON.parse(
    (await vakhta('member add --email op@example.org --name Op --role operator --json')).out,
  );
  expect(second.organisation).toBe(JSON.parse(added.out).organisation);
  expect(second.password).toMatch(/^[\w-]{20}$/);

  const reset = await vakhta('member password --email op@example.org --json');
  expect(JSON.parse(reset.out).password).toMatch(/^[\w-]{20}$/);
  const unknown = await vakhta('member password --email nobody@example.org');
  expect([unknown.status, unknown.problem.trim()]).toEqual([2, 'nobody signs in as nobody@example.org']);

  const verdict = await vakhta('audit verify --json');
  expect([verdict.status, JSON.parse(verdict.out)]).toMatchObject([0, { faults: [], unsealed: 4 }]);
  const rebuilt = await vakhta('rebuild thing-state --json');
  expect(JSON.parse(rebuilt.out)).toMatchObject([{ projection: 'thing-state', observations: 0 }]);
});
