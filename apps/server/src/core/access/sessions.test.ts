import { createClient, type RouteDeclaration, routes } from '@vakhta/api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import WebSocket from 'ws';
import { seedOrganisation } from '../../../test/fixture.ts';
import {
  createPerson,
  joinWithToken,
  PASSWORD,
  type RunningDesk,
  startDesk,
} from '../../../test/running-desk.ts';

let desk: RunningDesk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

const ask = (
  route: RouteDeclaration,
  options: { cookie?: string; token?: string; body?: unknown; headers?: Record<string, string> } = {},
) =>
  fetch(`${desk.url}/api/v1${route.path}`, {
    method: route.method,
    headers: {
      ...(options.cookie && { cookie: options.cookie }),
      ...(options.token && { authorization: `Bearer ${options.token}` }),
      ...(options.body !== undefined && { 'content-type': 'application/json' }),
      ...options.headers,
    },
    ...(options.body !== undefined && { body: JSON.stringify(options.body) }),
  });

const signIn = (email: string, password = PASSWORD) => ask(routes.signIn, { body: { email, password } });

const cookieOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ');

async function newMember(roles: Parameters<typeof joinWithToken>[3] = ['viewer']) {
  const { organisation } = await seedOrganisation(desk.database);
  const person = await createPerson(desk);
  return { organisation, person, ...(await joinWithToken(desk, organisation, person, roles)) };
}

test('signing in says who one is and what one may do where', async () => {
  const { organisation, person } = await newMember();
  const response = await signIn(person.email.toUpperCase());
  expect(await response.json()).toEqual({
    user: { id: person.id, email: person.email, name: person.name, secondFactor: false },
    memberships: [
      {
        member: expect.any(String),
        organisation: { id: organisation, name: 'Test' },
        roles: ['viewer'],
        lacksSecondFactor: false,
        permissions: ['things.view', 'agents.view', 'alerts.view'],
      },
    ],
  });
});

test('after signing out the cookie opens nothing, at once, and the browser is told to drop it', async () => {
  const { person } = await newMember();
  const cookie = cookieOf(await signIn(person.email));
  expect((await ask(routes.listThings, { cookie })).status).toBe(200);
  const out = await ask(routes.signOut, { cookie });
  expect(out.status).toBe(204);
  expect(out.headers.getSetCookie().join()).toMatch(/Max-Age=0/);
  expect((await ask(routes.listThings, { cookie })).status).toBe(401);
});

test('a token has no session to end and no password to change', async () => {
  const { token } = await newMember();
  expect((await ask(routes.signOut, { token })).status).toBe(403);
  const body = { current: PASSWORD, next: 'another long password' };
  expect((await ask(routes.changePassword, { token, body })).status).toBe(403);
});

test('a changed password ends the other sessions', async () => {
  const { person } = await newMember();
  const [mine, other] = [cookieOf(await signIn(person.email)), cookieOf(await signIn(person.email))];
  const wrong = await ask(routes.changePassword, {
    cookie: mine,
    body: { current: 'wrong', next: 'another long password' },
  });
  expect(wrong.status).toBe(401);
  expect(await wrong.json()).toMatchObject({ error: { code: 'wrong_credentials', field: 'current' } });
  const changed = await ask(routes.changePassword, {
    cookie: mine,
    body: { current: PASSWORD, next: 'another long password' },
  });
  expect(changed.status).toBe(204);
  expect((await ask(routes.getSession, { cookie: cookieOf(changed) })).status).toBe(200);
  expect((await ask(routes.getSession, { cookie: other })).status).toBe(401);
});

test('one e-mail is guessed at ten times in a quarter of an hour, whoever asks; right sign-ins do not count', async () => {
  const { person } = await newMember();
  for (let i = 0; i < 12; i++) expect((await signIn(person.email)).status).toBe(200);
  const guesses = await Promise.all(Array.from({ length: 14 }, () => signIn(person.email, 'guess')));
  const statuses = guesses.map(({ status }) => status).sort();
  expect(statuses).toEqual([...Array(10).fill(401), ...Array(4).fill(429)]);
  expect((await signIn(person.email)).status).toBe(429);
  const someoneElse = await newMember();
  expect((await signIn(someoneElse.person.email)).status).toBe(200);
});

test('a person of two organisations acts in the one the request names', async () => {
  const { person, organisation: first } = await newMember(['owner']);
  const { organisation: second } = await seedOrganisation(desk.database);
  await joinWithToken(desk, second, person, ['viewer']);
  const cookie = cookieOf(await signIn(person.email));
  const inOrganisation = async (id?: string) => {
    const headers: Record<string, string> = id ? { 'x-vakhta-organisation': id } : {};
    const answer = await ask(routes.getOrganisation, { cookie, headers });
    return routes.getOrganisation.response.parse(await answer.json()).id;
  };
  expect(await inOrganisation()).toBe(first);
  expect(await inOrganisation(second)).toBe(second);
  const asViewer = await ask(routes.listMembers, { cookie, headers: { 'x-vakhta-organisation': second } });
  expect(asViewer.status).toBe(403);
});

test('a token works until it is revoked, and is known by its hash only', async () => {
  const { token, organisation } = await newMember();
  const client = createClient({ server: desk.url, token });
  const made = await client.call(routes.createToken, { body: { name: 'Second' } });
  const second = createClient({ server: desk.url, token: made.secret });
  expect((await second.call(routes.getOrganisation)).id).toBe(organisation);
  const { items } = await client.call(routes.listTokens);
  expect(items.map(({ name, lastUsedAt }) => [name, lastUsedAt !== null])).toEqual([
    ['Test', true],
    ['Second', true],
  ]);
  const kept = await desk.database.system((tx) =>
    tx.selectFrom('api_tokens').selectAll().where('id', '=', made.id).execute(),
  );
  expect(JSON.stringify(kept)).not.toContain(made.secret);
  await client.call(routes.revokeToken, { params: { token: made.id } });
  await expect(second.call(routes.getOrganisation)).rejects.toMatchObject({
    status: 401,
    code: 'not_signed_in',
  });
});

test('a token’s use is noted, at most once a minute', async () => {
  const { token, tokenId } = await newMember();
  const lastUsed = () =>
    desk.database.system(async (tx) =>
      (
        await tx
          .selectFrom('api_tokens')
          .select('last_used_at')
          .where('id', '=', tokenId)
          .executeTakeFirstOrThrow()
      ).last_used_at?.getTime(),
    );
  await ask(routes.getSession, { token });
  const first = await lastUsed();
  await ask(routes.getSession, { token });
  expect(await lastUsed()).toBe(first);
});

test('the live socket opens for who may see things, and for nobody else', async () => {
  const { token, person } = await newMember();
  const open = async (headers: Record<string, string>) => {
    const socket = new WebSocket(`${desk.url.replace('http', 'ws')}/api/v1/live`, { headers });
    const { promise, resolve } = Promise.withResolvers<number | string>();
    socket.on('open', () => socket.send(JSON.stringify({ subscribe: {} })));
    socket.on('message', (data) => resolve(String(JSON.parse(String(data)).type)));
    socket.on('close', (code) => resolve(code));
    socket.on('error', ({ message }) => resolve(message));
    const outcome = await promise;
    socket.terminate();
    return outcome;
  };
  const cookie = cookieOf(await signIn(person.email));
  expect(await open({ authorization: `Bearer ${token}` })).toBe('subscribed');
  expect(await open({ cookie, origin: desk.url })).toBe('subscribed');
  expect(await open({})).toBe(4401);
  expect(await open({ authorization: 'Bearer vakhta_made-up' })).toBe(4401);
  expect(await open({ cookie, origin: 'https://evil.example' })).toBe('Unexpected server response: 403');
});
