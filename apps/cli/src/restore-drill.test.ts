import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createClient, routes } from '@vakhta/api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ReadyFile } from './demo/ready-file.ts';

const VAKHTA = join(import.meta.dirname, '../bin/vakhta.ts');
const clean = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(VAKHTA_|DATABASE_URL|VITEST|NODE_OPTIONS)/.test(name)),
);
let data: string;
let file: string;
let running: ChildProcess | undefined;
let before: ReadyFile;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'vakhta-drill-'));
  file = join(data, 'kept.tar');
});
afterAll(async () => {
  running?.kill('SIGKILL');
  await rm(data, { recursive: true, force: true });
});

const environment = (directory: string) => ({
  ...clean,
  VAKHTA_DATA: join(data, directory),
  VAKHTA_PORT: '0',
});

/** Starts a command that goes on, and waits for the line that says it is there. */
async function start(directory: string, command: string, sign: string): Promise<string> {
  running = spawn(process.execPath, [VAKHTA, command], {
    env: environment(directory),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface(running.stdout!)) if (line.includes(sign)) return line;
  throw new Error(`${command} ended before it was ready`);
}

async function stop(): Promise<void> {
  const exited = once(running!, 'exit');
  running!.kill('SIGTERM');
  await exited;
  running = undefined;
}

const vakhta = (directory: string, ...args: string[]) =>
  new Promise<{ status: number; out: string; problem: string }>((resolve) => {
    const child = execFile(
      process.execPath,
      [VAKHTA, ...args],
      { env: environment(directory) },
      (error, out, problem) => resolve({ status: error ? Number(error.code) : 0, out, problem }),
    );
    child.stdin?.end();
  });

test('the demo is backed up while it runs', { timeout: 120_000 }, async () => {
  await start('demo', 'demo', 'ready');
  before = JSON.parse(await readFile(join(data, 'demo/demo.json'), 'utf8'));
  const { status, out, problem } = await vakhta('demo', 'backup', '--to', file, '--json');
  expect([status, problem]).toEqual([0, '']);
  const made = JSON.parse(out);
  expect(made.rows).toBeGreaterThan(1000);
  expect((await stat(file)).size).toBe(made.bytes);
  const again = await vakhta('demo', 'backup', '--to', file);
  expect([again.status, again.problem]).toEqual([2, `${file} is there already: nothing is overwritten\n`]);
});

test('a desk that runs, or that holds something, is not overwritten', { timeout: 60_000 }, async () => {
  const runs = await vakhta('demo', 'restore', file, '--replace', '--yes');
  expect([runs.status, runs.problem]).toEqual([2, expect.stringContaining('stop it')]);
  await stop();
  const unasked = await vakhta('demo', 'restore', file);
  expect([unasked.status, unasked.problem]).toEqual([2, expect.stringContaining('give --replace')]);
  const nobody = await vakhta('demo', 'restore', file, '--replace');
  expect([nobody.status, nobody.problem]).toEqual([2, expect.stringContaining('--yes')]);
});

test('a damaged backup is refused with the reason, and nothing is made of it', {
  timeout: 60_000,
}, async () => {
  const bytes = await readFile(file);
  bytes[Math.floor(bytes.length / 2)]! ^= 0x10;
  const damaged = join(data, 'damaged.tar');
  await writeFile(damaged, bytes);
  const { status, problem } = await vakhta('fresh', 'restore', damaged, '--verify');
  expect([status, problem]).toEqual([
    1,
    `${damaged} is damaged: its bytes are not those that were written\n`,
  ]);
  await expect(stat(join(data, 'fresh'))).rejects.toMatchObject({ code: 'ENOENT' });
});

test('after everything is gone it comes back from that one file: rows, hashes, audit, sign-in and tokens', {
  timeout: 180_000,
}, async () => {
  await rm(join(data, 'demo'), { recursive: true });
  const restored = await vakhta('fresh', 'restore', file, '--verify', '--json');
  expect([restored.status, restored.problem]).toEqual([0, '']);
  const result = JSON.parse(restored.out);
  expect(result.verified).toBe(result.tables);
  expect(result.audit).toMatchObject({ faults: [] });
  expect(result.audit.verified).toBeGreaterThan(50);
  expect((await vakhta('fresh', 'audit', 'verify')).status).toBe(0);

  const rebuilt = await vakhta('fresh', 'rebuild', 'thing-state', '--json');
  for (const { hashBefore, hashAfter } of JSON.parse(rebuilt.out)) expect(hashAfter).toBe(hashBefore);

  const { url } = JSON.parse(await start('fresh', 'serve', '"server.started"'));
  const client = createClient({ server: url, token: before.token });
  expect((await client.call(routes.listThings, { query: { limit: 1000 } })).items).toHaveLength(50);
  const signedIn = await client.call(routes.signIn, {
    body: { email: before.email, password: before.password },
  });
  expect(signedIn.memberships[0]?.roles).toEqual(['owner']);
  await stop();
});
