import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { routes } from '@vakhta/api';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import WebSocket from 'ws';
import type { RunningServer } from '../../src/main.ts';
import { findFreePort } from '../../src/platform/process/free-port.ts';
import { type Kept, spawnKept } from '../../src/platform/process/keeper.ts';
import { createPerson, PASSWORD, type RunningDesk, startBeside, startDesk } from '../running-desk.ts';

const CONFIGURATION = join(import.meta.dirname, '../../../../deploy/proxy/nginx.conf');
let directory: string;
let desk: RunningDesk;
let second: RunningServer;
let nginx: Kept;
let proxy: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vakhta-proxy-'));
  desk = await startDesk({ behindProxy: true });
  second = await startBeside(desk, { behindProxy: true });
  const port = await findFreePort();
  const made = await generate([{ name: 'commonName', value: 'localhost' }], { keyType: 'ec' });
  await writeFile(join(directory, 'cert.pem'), made.cert);
  await writeFile(join(directory, 'key.pem'), made.private);
  // Ours as it is, but for the places that everybody puts their own in.
  const ours = (await readFile(CONFIGURATION, 'utf8'))
    .replace('listen 443 ssl', `listen 127.0.0.1:${port} ssl`)
    .replace('127.0.0.1:8080', new URL(desk.url).host)
    .replace('# server 192.0.2.11:8080', `server ${new URL(second.url).host}`)
    .replaceAll('/etc/ssl/vakhta', directory);
  const whole = [
    'daemon off; master_process off; error_log stderr;',
    `pid ${directory}/pid; events {}`,
    'http {',
    'access_log off;',
    ...['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      (kind) => `${kind}_temp_path ${directory}/${kind};`,
    ),
    ours,
    '}',
  ].join('\n');
  await writeFile(join(directory, 'nginx.conf'), whole);
  const log = await open(join(directory, 'log'), 'w');
  nginx = await spawnKept('/usr/sbin/nginx', ['-c', join(directory, 'nginx.conf'), '-e', 'stderr'], {
    cwd: directory,
    env: { PATH: process.env.PATH },
    log: log.fd,
    signal: 'TERM',
  });
  await log.close();
  proxy = `https://127.0.0.1:${port}`;
  await vi.waitFor(async () => expect((await ask('GET', '/readyz')).status).toBe(200), 10_000);
});

afterAll(async () => {
  nginx?.release();
  await nginx?.ended;
  await second?.stop();
  await desk?.stop();
  await rm(directory, { recursive: true, force: true });
});

const ask = (method: string, path: string, headers: Record<string, string> = {}, body?: unknown) =>
  new Promise<{ status: number | undefined; headers: Record<string, unknown>; cookie: string }>(
    (resolve, reject) => {
      const sent = request(`${proxy}${path}`, { method, headers, rejectUnauthorized: false }, (response) => {
        response.resume();
        const cookie = (response.headers['set-cookie'] ?? []).map((one) => one.split(';', 1)[0]).join('; ');
        resolve({ status: response.statusCode, headers: response.headers, cookie });
      });
      sent.on('error', reject);
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    },
  );

test('our nginx configuration lets people sign in from its own page, and not from another’s', async () => {
  const { email } = await createPerson(desk);
  const signIn = (origin: string) =>
    ask(
      'POST',
      `/api/v1${routes.signIn.path}`,
      { origin, 'content-type': 'application/json' },
      { email, password: PASSWORD },
    );
  const signedIn = await signIn(proxy);
  expect(signedIn.status).toBe(200);
  expect(String(signedIn.headers['set-cookie'])).toContain('Secure');
  expect(signedIn.headers['strict-transport-security']).toBeDefined();
  expect((await ask('GET', '/api/v1/session', { cookie: signedIn.cookie })).status).toBe(200);
  expect((await signIn('https://evil.example')).status).toBe(403);
});

test('sockets pass through it', async () => {
  const socket = new WebSocket(`${proxy.replace('https', 'wss')}/api/v1/live`, { rejectUnauthorized: false });
  expect(await new Promise((resolve) => socket.on('close', resolve))).toBe(4401);
});

test('one of two servers falls: people and sockets are at the other at once', async () => {
  const { email } = await createPerson(desk);
  const { cookie } = await ask(
    'POST',
    `/api/v1${routes.signIn.path}`,
    { origin: proxy, 'content-type': 'application/json' },
    { email, password: PASSWORD },
  );
  await second.stop();
  for (let times = 0; times < 6; times++)
    expect((await ask('GET', '/api/v1/session', { cookie })).status).toBe(200);
  const socket = new WebSocket(`${proxy.replace('https', 'wss')}/api/v1/live`, { rejectUnauthorized: false });
  expect(await new Promise((resolve) => socket.on('close', resolve))).toBe(4401);
});
