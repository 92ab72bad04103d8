import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { createClient, routes } from '@vakhta/api';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { ReadyFile } from './ready-file.ts';

const VAKHTA = join(import.meta.dirname, '../../bin/vakhta.ts');
const START = 90_000;
/** mkdtemp makes it 0700: for root that is the hard case. */
let data: string;
let running: ChildProcess | undefined;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'vakhta-demo-'));
});
afterAll(async () => {
  running?.kill('SIGKILL');
  await vi.waitFor(async () => expect(await ours()).toEqual([]), 20_000);
  await rm(data, { recursive: true, force: true });
});

async function start(...options: string[]): Promise<ReadyFile> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(VAKHTA_|DATABASE_URL|VITEST|NODE_OPTIONS)/.test(name)),
  );
  running = spawn(process.execPath, [VAKHTA, 'demo', ...options], {
    env: { ...env, VAKHTA_DATA: data, VAKHTA_PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface(running.stdout!)) if (line.startsWith('ready')) return readyFile();
  throw new Error('it ended before it was ready');
}

const readyFile = (): ReadyFile => JSON.parse(readFileSync(join(data, 'demo.json'), 'utf8'));

async function stop(signal: NodeJS.Signals): Promise<{ status: number | null; milliseconds: number }> {
  const begun = performance.now();
  const exited = once(running!, 'exit');
  running!.kill(signal);
  const [status] = (await exited) as [number | null];
  running = undefined;
  return { status, milliseconds: performance.now() - begun };
}

/** Processes that have to do with this data directory: by their arguments, or by where they run. */
async function ours(): Promise<string[]> {
  const found: string[] = [];
  for (const pid of (await readdir('/proc')).filter(
    (name) => /^\d+$/.test(name) && Number(name) !== process.pid,
  )) {
    const words = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
    const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => '');
    if ([words, environment, cwd].some((text) => text.includes(data)))
      found.push(words.replaceAll('\0', ' ').slice(0, 100));
  }
  return found;
}

const things = async ({ url, token }: ReadyFile) =>
  (await createClient({ server: url, token }).call(routes.listThings, { query: { limit: 1000 } })).items;

test('a first start shows fifty TVs that answer, at five stations, to the owner it names', {
  timeout: START,
}, async () => {
  const ready = await start();
  expect(statSync(join(data, 'demo.json')).mode & 0o777).toBe(0o600);
  const all = await things(ready);
  expect(all).toHaveLength(50);
  expect(all.filter(({ online }) => online)).toHaveLength(50);
  const client = createClient({ server: ready.url, token: ready.token });
  const sites = (await client.call(routes.listSites, { query: {} })).items;
  expect(sites.map((site) => site.things)).toEqual([10, 10, 10, 10, 10]);
  expect((await client.call(routes.getOrganisation)).id).toBe(ready.organisation);
  const signedIn = await client.call(routes.signIn, {
    body: { email: ready.email, password: ready.password },
  });
  expect(signedIn.memberships[0]?.roles).toEqual(['owner']);
  for (const pid of [ready.pids.server, ...ready.pids.agents, ...ready.pids.simulators])
    expect(existsSync(`/proc/${pid}`)).toBe(true);
});

test('a port that is taken is told, not shared', async () => {
  const { url } = readyFile();
  const second = spawn(process.execPath, [VAKHTA, 'demo'], {
    env: { ...process.env, VAKHTA_DATA: join(data, 'second'), VAKHTA_PORT: new URL(url).port },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [problem, [status]] = await Promise.all([text(second.stderr!), once(second, 'exit')]);
  expect([status, problem]).toEqual([1, `port ${new URL(url).port} is taken: set VAKHTA_PORT to another\n`]);
});

test('a server that is killed is started again, and its new process is named', {
  timeout: START,
}, async () => {
  const before = readyFile();
  process.kill(before.pids.server, 'SIGKILL');
  await vi.waitFor(() => expect(readyFile().pids.server).not.toBe(before.pids.server), 20_000);
  await vi.waitFor(
    async () => expect((await things(before)).filter(({ online }) => online)).toHaveLength(50),
    30_000,
  );
});

test('SIGINT ends everything within ten seconds, with 0', { timeout: START }, async () => {
  const { status, milliseconds } = await stop('SIGINT');
  expect(status).toBe(0);
  expect(milliseconds).toBeLessThan(10_000);
  expect(existsSync(join(data, 'demo.json'))).toBe(false);
  expect(await ours()).toEqual([]);
});

test('a second start shows the same desk, and kill -9 of it leaves no process', {
  timeout: START,
}, async () => {
  const secrets = JSON.parse(await readFile(join(data, 'demo-secrets.json'), 'utf8'));
  const ready = await start();
  const { password, token, organisation } = ready;
  expect({ password, token, organisation }).toEqual({
    password: secrets.password,
    token: secrets.token,
    organisation: secrets.organisation,
  });
  expect((await things(ready)).filter(({ online }) => online)).toHaveLength(50);
  await stop('SIGKILL');
  await vi.waitFor(async () => expect(await ours()).toEqual([]), 15_000);
});

test('a hall of forty slot machines joins the TVs where it is asked for', { timeout: START }, async () => {
  const ready = await start('--hall');
  const all = await things(ready);
  expect(all.filter(({ model }) => model === 'egm')).toHaveLength(40);
  expect(all.filter(({ online }) => online)).toHaveLength(90);
  expect(ready.pids.simulators).toHaveLength(2);
  for (const pid of ready.pids.simulators) expect(existsSync(`/proc/${pid}`)).toBe(true);
  expect(await stop('SIGINT')).toMatchObject({ status: 0 });
  expect(await ours()).toEqual([]);
});

test('a start that is broken off leaves no process', { timeout: START }, async () => {
  const starting = start().catch(() => undefined);
  await vi.waitFor(
    async () => expect((await ours()).some((words) => words.includes('postgres'))).toBe(true),
    20_000,
  );
  const { status } = await stop('SIGTERM');
  await starting;
  expect(status).toBe(0);
  await vi.waitFor(async () => expect(await ours()).toEqual([]), 15_000);
});
