import { connect } from 'node:net';
import { createClient, type RouteDeclaration, routes } from '@vakhta/api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { seedOrganisation } from './fixture.ts';
import { createPerson, joinWithToken, type RunningDesk, startDesk } from './running-desk.ts';
import { refusalOf, TestBrowser } from './test-browser.ts';

let desk: RunningDesk;
let token: string;
beforeAll(async () => {
  desk = await startDesk();
  const { organisation } = await seedOrganisation(desk.database);
  ({ token } = await joinWithToken(desk, organisation, await createPerson(desk), ['owner']));
});
afterAll(() => desk.stop());

const ask = (path: string, init: RequestInit = {}) => fetch(desk.url + path, { redirect: 'manual', ...init });

describe('headers', () => {
  const page = { accept: 'text/html' };
  test.each<[string, string, RequestInit]>([
    ['the page', '/', { headers: page }],
    ['a page of nothing', '/no/such/page', { headers: page }],
    ['an answer of the API', '/api/v1/door', {}],
    ['a refusal', '/api/v1/things', {}],
    ['a route that is not there', '/api/v1/nothing', {}],
    ['the description of the API', '/api/openapi.json', {}],
    ['the state', '/healthz', {}],
    [
      'a body that cannot be read',
      '/api/v1/session',
      { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } },
    ],
  ])('%s says what a browser may do with it', async (_, path, init) => {
    const { headers } = await ask(path, init);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe-|\*|data:|http:/);
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'SAMEORIGIN',
      'referrer-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
    });
    for (const telling of ['server', 'x-powered-by', 'access-control-allow-origin'])
      expect(headers.get(telling)).toBeNull();
  });

  test('no page of another site is told that it may read answers, whatever it asks', async () => {
    for (const method of ['GET', 'OPTIONS']) {
      const { headers } = await ask('/api/v1/session', {
        method,
        headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
      });
      expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });
});

describe('redirects', () => {
  const places = [
    '//evil.example',
    '//evil.example/%2e%2e',
    '/\\evil.example',
    '/%2f%2fevil.example',
    '/%5cevil.example',
    '/sign-in?to=//evil.example',
    '/sign-in?to=https://evil.example',
    '/sign-in/',
    '/api/v1/things/',
    '/assets',
    '/assets/',
    '/.',
    '/%0d%0alocation:%20https://evil.example',
    '/http://evil.example',
  ];
  test.each(places)('%s leads nowhere else', async (path) => {
    for (const accept of ['text/html', '*/*']) {
      const answer = await raw(
        `GET ${path} HTTP/1.1\r\nHost: evil.example\r\nAccept: ${accept}\r\nConnection: close\r\n\r\n`,
      );
      expect(answer.status).not.toSatisfy((status: number) => status >= 300 && status < 400);
      expect(answer.head).not.toMatch(/^(location|refresh):/im);
    }
  });

  test('a Host that somebody made up gets into no answer', async () => {
    for (const path of ['/', '/api/openapi.json', '/api/v1/door', '/sign-in']) {
      const answer = await raw(
        `GET ${path} HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\nAccept: text/html\r\nConnection: close\r\n\r\n`,
      );
      expect(answer.all).not.toContain('evil.example');
    }
  });
});

describe('a flood from one address', () => {
  const flood = async <T>(count: number, atOnce: number, one: (n: number) => Promise<T>): Promise<T[]> => {
    const answers: T[] = [];
    let next = 0;
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        while (next < count) {
          const n = next++;
          answers[n] = await one(n);
        }
      }),
    );
    return answers;
  };
  const others = () => createClient({ server: desk.url, token }).call(routes.listThings, { query: {} });

  test('of guesses at many people: fifty are looked at, the rest cost nothing, and the desk goes on for others', async () => {
    const codes = await flood(400, 20, async (n) => {
      const browser = new TestBrowser(desk.url);
      const body = { email: `flood-${n}@example.org`, password: 'a guess like any other' };
      const [, code] = await refusalOf(await browser.ask(routes.signIn, { body }));
      if (n % 100 === 50) expect((await others()).items.length).toBeGreaterThan(0);
      return code;
    });
    const counts = [...Map.groupBy(codes, (code) => code)].map(([code, all]) => [code, all.length]);
    expect(Object.fromEntries(counts)).toEqual({
      wrong_credentials: 50,
      too_many_requests: 350,
    });
  });

  test('of what anybody may ask: six hundred a minute are answered, the rest are told to wait', async () => {
    const statuses = await flood(900, 30, async () => {
      const response = await fetch(`${desk.url}/api/v1${routes.challengeToSignIn.path}`, { method: 'POST' });
      await response.arrayBuffer();
      return { status: response.status, wait: Number(response.headers.get('retry-after')) };
    });
    const refused = statuses.filter(({ status }) => status === 429);
    expect(statuses.filter(({ status }) => status === 200)).toHaveLength(600);
    expect(refused).toHaveLength(300);
    for (const { wait } of refused) expect(wait).toSatisfy((seconds: number) => seconds > 0 && seconds <= 60);
    expect((await others()).items.length).toBeGreaterThan(0);
    expect((await ask('/healthz')).status).toBe(200);
  });

  test('of sockets: three thousand a minute, then none until it is over; requests go on', async () => {
    const { hostname, port } = new URL(desk.url);
    const upgrade = `GET /api/v1/nowhere HTTP/1.1\r\nHost: ${hostname}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`;
    const heads = await flood(3100, 50, () => exchange(hostname, Number(port), upgrade));
    const statuses = Map.groupBy(heads, (head) => head.split(' ')[1]);
    expect(statuses.get('404')).toHaveLength(3000);
    expect(statuses.get('429')).toHaveLength(100);
    const refused = new WebSocket(`${desk.url.replace('http', 'ws')}/api/v1/live`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(await new Promise((resolve) => refused.on('error', resolve))).toMatchObject({
      message: expect.stringContaining('429'),
    });
    expect((await others()).items.length).toBeGreaterThan(0);
  });
});

test('every route that anybody may call is under the limit for such', () => {
  const open = Object.entries(routes).filter(
    ([, { access }]: [string, RouteDeclaration]) => access === 'public',
  );
  expect(open.map(([name]) => name).sort()).toEqual([
    'challengeToSignIn',
    'enrolAgent',
    'forgotPassword',
    'getDoor',
    'joinAsNew',
    'lookAtInvitation',
    'lookAtReset',
    'resetPassword',
    'setUp',
    'signIn',
    'signInByCode',
    'signInByPasskey',
  ]);
});

/** Says exactly these bytes, as no well-behaved client would, and reads to the end. */
function exchange(host: string, port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, host, () => socket.write(text));
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });
}

async function raw(text: string): Promise<{ status: number; head: string; all: string }> {
  const { hostname, port } = new URL(desk.url);
  const all = await exchange(hostname, Number(port), text);
  return { status: Number(all.split(' ')[1]), head: all.split('\r\n\r\n', 1)[0] ?? '', all };
}
