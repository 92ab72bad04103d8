import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ErrorBody, route } from '@vakhta/api';
import { systemRandom } from '@vakhta/kernel';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { createLog } from '../log/log.ts';
import { createMetrics } from '../metrics/metrics.ts';
import { createApiServer } from './api-server.ts';
import { HttpProblem } from './http-problem.ts';
import { createHttpServer, type HttpServerOptions } from './http-server.ts';

const echo = route({
  method: 'POST',
  path: '/echo/{id}',
  summary: 'For this test',
  access: 'public',
  params: z.object({ id: z.uuid() }),
  query: z.object({ limit: z.coerce.number().int().max(10).optional() }),
  body: z.strictObject({ name: z.string().min(2), inner: z.object({ n: z.number() }).optional() }),
  response: z.object({ name: z.string() }),
});
const lie = route({
  method: 'GET',
  path: '/lie',
  summary: 'For this test',
  access: 'public',
  response: z.object({ n: z.number() }),
});
const refuse = route({
  method: 'GET',
  path: '/refuse',
  summary: 'For this test',
  access: 'public',
  response: z.object({}),
});
const secret = route({
  method: 'POST',
  path: '/secret',
  summary: 'For this test',
  access: 'things.view',
  status: 204,
  body: z.strictObject({}),
});

const ID = '01890a5d-ac96-774b-bcce-b302099a8057';
let panel: string;
let http: FastifyInstance;
let readiness = '';

async function build(overrides: Partial<HttpServerOptions> = {}): Promise<FastifyInstance> {
  const server = await createHttpServer({
    tls: undefined,
    behindProxy: false,
    panel,
    openApi: { openapi: '3.1.0' },
    log: createLog({ level: 'silent' }),
    metrics: createMetrics(),
    random: systemRandom,
    readiness: async () => readiness,
    mayReadMetrics: async (request) => request.ip === '127.0.0.1',
    ...overrides,
  });
  const api = createApiServer(server, {
    authenticate: async () => null,
    onDisclosure: async () => {},
    publicRequestsPerMinute: 5,
  });
  api.implement(echo, async ({ body }) => ({ name: body.name }));
  api.implement(lie, async () => ({ n: 'not a number' as never }));
  api.implement(refuse, async () => {
    throw new HttpProblem('conflict', 'taken', { field: 'name', rule: 'unique' });
  });
  api.implement(secret, async () => undefined);
  return server;
}

beforeAll(async () => {
  panel = await mkdtemp(join(tmpdir(), 'vakhta-panel-'));
  await mkdir(join(panel, 'assets'));
  await writeFile(
    join(panel, 'index.html'),
    '<meta property="csp-nonce" nonce="__CSP_NONCE__"><style nonce="__CSP_NONCE__">',
  );
  await writeFile(join(panel, 'assets/app-abc123.js'), 'export {};');
  await writeFile(join(panel, 'icon.svg'), '<svg/>');
  http = await build();
});
afterAll(async () => {
  await http.close();
  await rm(panel, { recursive: true, force: true });
});

/** From another address each time, so that no limit is met by chance. */
let caller = 0;
const send = (options: InjectOptions, server = http) =>
  server.inject({ remoteAddress: `10.0.${caller >> 8}.${caller++ & 255}`, ...options });
const post = (body: unknown, path = `/api/v1/echo/${ID}`) =>
  send({ method: 'POST', url: path, payload: body as object });

describe('what is wrong with a request is told by field and rule:', () => {
  test.each([
    ['a missing field', {}, 'name', 'required'],
    ['a wrong type', { name: 5 }, 'name', 'type'],
    ['a text too short', { name: 'x' }, 'name', 'minLength'],
    ['an unknown field', { name: 'ok', other: 1 }, 'other', 'additionalProperties'],
    ['a field within a field', { name: 'ok', inner: { n: 'x' } }, 'inner.n', 'type'],
  ])('%s', async (_, body, field, rule) => {
    const response = await post(body);
    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({ error: { code: 'invalid_field', field, rule } });
  });

  test('a query parameter', async () => {
    const response = await post({ name: 'ok' }, `/api/v1/echo/${ID}?limit=11`);
    expect(response.json()).toMatchObject({
      error: { code: 'invalid_field', field: 'limit', rule: 'maximum' },
    });
  });

  test('an address of nothing that can be', async () => {
    expect((await post({ name: 'ok' }, '/api/v1/echo/not-an-id')).statusCode).toBe(404);
  });
});

describe('every error has the one form:', () => {
  test.each([
    ['an unknown path of the API', { method: 'GET', url: '/api/v1/nowhere' }, 404, 'not_found'],
    [
      'an unknown path of the API, asked by a browser',
      { method: 'GET', url: '/api/nowhere', headers: { accept: 'text/html' } },
      404,
      'not_found',
    ],
    [
      'broken JSON',
      {
        method: 'POST',
        url: `/api/v1/echo/${ID}`,
        headers: { 'content-type': 'application/json' },
        payload: '{',
      },
      400,
      'bad_request',
    ],
    [
      'another media type',
      { method: 'POST', url: `/api/v1/echo/${ID}`, headers: { 'content-type': 'text/plain' }, payload: 'x' },
      400,
      'bad_request',
    ],
    [
      'a body too large',
      { method: 'POST', url: `/api/v1/echo/${ID}`, payload: { name: 'x'.repeat(1024 * 1024) } },
      413,
      'too_large',
    ],
    ['a refusal by a handler', { method: 'GET', url: '/api/v1/refuse' }, 409, 'conflict'],
    ['an answer that is not what was declared', { method: 'GET', url: '/api/v1/lie' }, 500, 'internal'],
  ] as const)('%s', async (_, request, status, code) => {
    const response = await send(request as InjectOptions);
    expect(response.statusCode).toBe(status);
    expect(ErrorBody.parse(response.json()).error.code).toBe(code);
  });

  test('too many requests', async () => {
    const ask = () => http.inject({ url: '/api/v1/lie', remoteAddress: '10.1.1.1' });
    for (let i = 0; i < 5; i++) expect((await ask()).statusCode).toBe(500);
    const refused = await ask();
    expect(refused.statusCode).toBe(429);
    expect(ErrorBody.parse(refused.json()).error.code).toBe('too_many_requests');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  });
});

test('access is decided before the body is read', async () => {
  const response = await send({
    method: 'POST',
    url: '/api/v1/secret',
    headers: { 'content-type': 'application/json' },
    payload: '{',
  });
  expect(response.statusCode).toBe(401);
});

describe('a request that changes something is taken', () => {
  const from = (headers: Record<string, string>) =>
    send({
      method: 'POST',
      url: `/api/v1/echo/${ID}`,
      headers: { host: 'desk.example', ...headers },
      payload: { name: 'ok' },
    });

  test('from our own page and from a program', async () => {
    expect((await from({ origin: 'https://desk.example' })).statusCode).toBe(200);
    expect((await from({ 'sec-fetch-site': 'same-origin' })).statusCode).toBe(200);
    expect((await from({})).statusCode).toBe(200);
    expect((await from({ origin: 'https://other.example', authorization: 'Bearer x' })).statusCode).toBe(200);
  });

  test('never from the page of another site', async () => {
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ])
      expect((await from(headers as unknown as Record<string, string>)).json()).toMatchObject({
        error: { code: 'forbidden' },
      });
  });
});

describe('the panel', () => {
  const page = (url: string, method: 'GET' | 'HEAD' = 'GET') =>
    send({ method, url, headers: { accept: 'text/html' } });

  test('is one page at every address a person may open', async () => {
    for (const url of ['/', '/things/1', '/sign-in?next=/', '/index.html'])
      expect([url, (await page(url)).headers['content-type']]).toEqual([url, 'text/html']);
    expect((await page('/', 'HEAD')).statusCode).toBe(200);
  });

  test('has a nonce of its own each time, and nothing inline without it', async () => {
    const [first, second] = [await page('/'), await page('/')];
    const nonce = /nonce="([^"]+)"/.exec(first.body)?.[1] ?? '';
    expect(nonce).toMatch(/^[\w-]{22}$/);
    expect(first.body).not.toContain('__CSP_NONCE__');
    expect(second.body).not.toContain(nonce);
    const policy = String(first.headers['content-security-policy']);
    expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'`);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|\*/);
    expect(first.headers['cache-control']).toBe('no-store');
  });

  test('keeps its hashed files for good and asks again for the others', async () => {
    expect((await send({ url: '/assets/app-abc123.js' })).headers['cache-control']).toBe(
      'public, max-age=31536000, immutable',
    );
    expect((await send({ url: '/icon.svg' })).headers['cache-control']).toBe('no-cache');
  });

  test('a file of it that is missing is not the page', async () => {
    const response = await send({ url: '/assets/gone-123.js', headers: { accept: '*/*' } });
    expect(response.statusCode).toBe(404);
  });

  test('nothing outside of it can be read', async () => {
    for (const url of ['/../package.json', '/assets/..%2f..%2fpackage.json', '/%2e%2e/etc/passwd'])
      expect([url, (await send({ url })).statusCode]).toEqual([url, 404]);
  });

  test('is said to be missing where it was not built', async () => {
    const bare = await build({ panel: join(panel, 'nowhere') });
    const response = await send({ url: '/', headers: { accept: 'text/html' } }, bare);
    expect([response.statusCode, response.body]).toEqual([503, 'The panel is not built: npm run build\n']);
    await bare.close();
  });
});

describe('the state of the server', () => {
  test('alive, ready, and not ready with the reason', async () => {
    expect((await send({ url: '/healthz' })).json()).toEqual({ status: 'alive' });
    expect((await send({ url: '/readyz' })).json()).toEqual({ status: 'ready' });
    readiness = 'the database is not reachable';
    const response = await send({ url: '/readyz' });
    readiness = '';
    expect([response.statusCode, response.json().error.message]).toEqual([
      503,
      'the database is not reachable',
    ]);
  });

  test('its metrics count requests by declared route, for this machine only', async () => {
    await post({ name: 'ok' });
    const metrics = await http.inject({ url: '/metrics', remoteAddress: '127.0.0.1' });
    expect(metrics.body).toMatch(
      /http_request_duration_seconds_count\{[^}]*route="\/api\/v1\/echo\/:id"[^}]*status="200"/,
    );
    expect((await send({ url: '/metrics' })).statusCode).toBe(403);
  });
});

describe('behind a proxy', () => {
  test('the address is the one the proxy adds, and TLS is demanded of browsers', async () => {
    const server = await build({ behindProxy: true });
    server.get('/who', async (request) => ({ ip: request.ip }));
    const response = await server.inject({
      url: '/who',
      remoteAddress: '127.0.0.1',
      headers: { 'x-forwarded-for': '6.6.6.6, 198.51.100.7' },
    });
    expect(response.json()).toEqual({ ip: '198.51.100.7' });
    expect(response.headers['strict-transport-security']).toMatch(/max-age=31536000/);
    await server.close();
  });

  test('without one, a forwarded address is not believed', async () => {
    const server = await build();
    server.get('/who', async (request) => ({ ip: request.ip }));
    const response = await server.inject({
      url: '/who',
      remoteAddress: '198.51.100.9',
      headers: { 'x-forwarded-for': '127.0.0.1' },
    });
    expect(response.json()).toEqual({ ip: '198.51.100.9' });
    expect(response.headers['strict-transport-security']).toBeUndefined();
    await server.close();
  });
});
