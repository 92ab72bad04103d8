import { systemClock } from '@vakhta/kernel';
import { getMigrations } from 'better-auth/db/migration';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/test-database.ts';
import { createIdentity, type Identity } from './identity.ts';
import { identityOptions } from './identity-options.ts';

const SECRET = 'a secret that signs the cookies of this test';
let store: TestDatabase;
let identity: Identity;
beforeAll(async () => {
  store = await createTestDatabase();
  identity = createIdentity({ pool: store.database.pool, secret: SECRET, secure: true, clock: systemClock });
  await identity.createPerson({ email: 'anna@example.org', name: 'Anna', password: 'correct horse' });
});
afterAll(() => store.drop());

/** What a browser would send after these Set-Cookie headers. */
const cookieFrom = (cookies: readonly string[]): string =>
  cookies.map((cookie) => cookie.split(';', 1)[0]).join('; ');

const signIn = async (password = 'correct horse') => {
  const session = await identity.signIn('anna@example.org', password);
  return session && cookieFrom(session.cookies);
};

test('its tables are those that the pinned better-auth wants', async () => {
  const options = identityOptions({ pool: store.database.pool, secret: SECRET, secure: true });
  const { toBeCreated, toBeAdded, toBeAddedIndexes } = await getMigrations(options);
  expect({ toBeCreated, toBeAdded, toBeAddedIndexes }).toEqual({
    toBeCreated: [],
    toBeAdded: [],
    toBeAddedIndexes: [],
  });
});

test('the cookie is out of reach for scripts, other sites and plain HTTP', async () => {
  const session = await identity.signIn('anna@example.org', 'correct horse');
  expect(session?.cookies).toHaveLength(1);
  for (const attribute of [/; HttpOnly/, /; SameSite=Strict/i, /; Secure/, /; Path=\//])
    expect(session?.cookies[0]).toMatch(attribute);
});

test('a wrong password and an unknown person are refused alike', async () => {
  expect(await identity.signIn('anna@example.org', 'wrong')).toBeNull();
  expect(await identity.signIn('nobody@example.org', 'wrong')).toBeNull();
});

test('a session is dead the moment it was signed out of', async () => {
  const cookie = (await signIn())!;
  expect((await identity.sessionOf(cookie))?.person.name).toBe('Anna');
  await identity.signOut(cookie);
  expect(await identity.sessionOf(cookie)).toBeNull();
});

test('a cookie that we did not sign names no session', async () => {
  const session = await identity.signIn('anna@example.org', 'correct horse');
  const forged = cookieFrom(session!.cookies).replace(
    /[^.]+$/,
    encodeURIComponent(Buffer.alloc(32).toString('base64')),
  );
  expect(await identity.sessionOf(forged)).toBeNull();
});

test('a changed password ends the other sessions and keeps this one', async () => {
  const other = (await signIn())!;
  const mine = (await signIn())!;
  expect(await identity.changePassword(mine, 'not this', 'a better battery')).toEqual({
    ok: false,
    error: 'wrong_password',
  });
  const changed = await identity.changePassword(mine, 'correct horse', 'a better battery');
  expect(changed.ok && (await identity.sessionOf(cookieFrom(changed.value)))?.person.email).toBe(
    'anna@example.org',
  );
  expect(await identity.sessionOf(other)).toBeNull();
  expect(await signIn('correct horse')).toBeNull();
  expect(await signIn('a better battery')).not.toBeNull();
});

test('a password set for somebody who forgot theirs ends every session', async () => {
  const session = (await signIn('a better battery'))!;
  const { person } = (await identity.sessionOf(session))!;
  await identity.setPassword(person.id, 'correct horse');
  expect(await identity.sessionOf(session)).toBeNull();
  expect(await signIn('a better battery')).toBeNull();
  expect(await signIn('correct horse')).not.toBeNull();
});

test('neither role of a transaction can read passwords', async () => {
  const read = (role: string) =>
    store.database.owner(async (tx) => {
      await sql`select set_config('role', ${role}, true)`.execute(tx);
      return sql`select password from auth.account`.execute(tx);
    });
  await expect(read('vakhta_app')).rejects.toMatchObject({ code: '42501' });
  await expect(read('vakhta_system')).rejects.toMatchObject({ code: '42501' });
});
