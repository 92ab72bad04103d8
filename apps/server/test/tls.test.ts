import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { routes } from '@vakhta/api';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, expect, test } from 'vitest';
import WebSocket from 'ws';
import { createPerson, PASSWORD, type RunningDesk, startDesk } from './running-desk.ts';

let directory: string;
let desk: RunningDesk;
let ca: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vakhta-tls-'));
  const [certFile, keyFile] = [join(directory, 'cert.pem'), join(directory, 'key.pem')];
  const made = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
  });
  await Promise.all([writeFile(certFile, made.cert), writeFile(keyFile, made.private)]);
  ca = made.cert;
  desk = await startDesk({ tls: { certFile, keyFile } });
});
afterAll(async () => {
  await desk?.stop();
  await rm(directory, { recursive: true, force: true });
});

const signIn = (email: string) =>
  new Promise<{ status: number | undefined; headers: Record<string, unknown> }>((resolve, reject) => {
    const sent = request(
      `${desk.url}/api/v1${routes.signIn.path}`,
      { ca, method: 'POST', headers: { 'content-type': 'application/json' } },
      (response) => {
        response.resume();
        resolve({ status: response.statusCode, headers: response.headers });
      },
    );
    sent.on('error', reject);
    sent.end(JSON.stringify({ email, password: PASSWORD }));
  });

test('with certificate files the desk speaks TLS, its cookie never travels without, and browsers are told so', async () => {
  expect(desk.url).toMatch(/^https:/);
  const { status, headers } = await signIn((await createPerson(desk)).email);
  expect(status).toBe(200);
  expect(String(headers['set-cookie'])).toMatch(/^__Secure-vakhta\.session_token=.*; Secure/);
  expect(headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
});

test('the live socket is served by TLS too', async () => {
  const socket = new WebSocket(`${desk.url.replace('https', 'wss')}/api/v1/live`, { ca });
  const code = await new Promise((resolve) => socket.on('close', resolve));
  expect(code).toBe(4401);
});
