import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { type ApiClient, createClient, type DeskSettings, type Role, routes } from '@vakhta/api';
import { Aedes } from 'aedes';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Fixture, seedOrganisation } from '../../test/fixture.ts';
import {
  createPerson,
  joinWithToken,
  type RunningDesk,
  startBeside,
  startDesk,
} from '../../test/running-desk.ts';
import { settings as declared } from '../config.ts';
import type { RunningServer } from '../main.ts';
import { createLog } from '../platform/log/log.ts';
import { settingGroups } from './setting-groups.ts';

const SECRET = 'hunter2-and-more';
const MAIL = {
  VAKHTA_SMTP_URL: `smtps://desk:${SECRET}@mail.example.org`,
  VAKHTA_MAIL_FROM: 'Vakhta <desk@example.org>',
};

/** Two servers on one database; the environment of both says how long events are kept. */
const given = { VAKHTA_KEEP_EVENTS_DAYS: '400' };
let desk: RunningDesk;
let second: RunningServer;
let operating: Fixture;
let owner: ApiClient;
let there: ApiClient;
let lines: string[];

beforeAll(async () => {
  lines = [];
  const log = createLog({ level: 'info', destination: { write: (line: string) => void lines.push(line) } });
  desk = await startDesk({ given, logLevel: 'info' }, log);
  second = await startBeside(desk, { given });
  operating = await seedOrganisation(desk.database);
  const token = await tokenOf(operating, 'owner');
  owner = createClient({ server: desk.url, token });
  there = createClient({ server: second.url, token });
});
afterAll(async () => {
  await second?.stop();
  await desk?.stop();
});
beforeEach(async () => {
  const { groups } = await owner.call(routes.getDeskSettings);
  const set = groups.flatMap(({ settings }) => settings).filter(({ source }) => source === 'panel');
  await change(Object.fromEntries(set.map(({ name }) => [name, null])));
});

const tokenOf = async ({ organisation }: Fixture, role: Role) =>
  (await joinWithToken(desk, organisation, await createPerson(desk), [role])).token;
const change = (values: Record<string, string | number | null>) =>
  owner.call(routes.changeDeskSettings, { body: { values } });
const settingOf = ({ groups }: DeskSettings, name: string) =>
  groups.flatMap(({ settings }) => settings).find((setting) => setting.name === name);
const events = () => lines.map((line) => JSON.parse(line) as { event: string; level: string });

test('every declared setting stands on the page once', () => {
  const shown = settingGroups.flatMap(({ names }): readonly string[] => names);
  expect([...shown].sort()).toEqual(Object.keys(declared).sort());
});

describe('a bad value is refused with its field and rule, and nothing of the request is taken', () => {
  test.each([
    ['VAKHTA_LOG_LEVEL', 'loud', 'invalid_field', 'enum'],
    ['VAKHTA_KEEP_VALUES_DAYS', 0, 'invalid_field', 'minimum'],
    ['VAKHTA_KEEP_VALUES_DAYS', 36_501, 'invalid_field', 'maximum'],
    ['VAKHTA_KEEP_VALUES_DAYS', 'long', 'invalid_field', 'type'],
    ['VAKHTA_PUBLIC_URL', 'desk.example.org', 'invalid_field', 'url'],
    ['VAKHTA_SMTP_URL', 'mail.example.org', 'invalid_field', 'url'],
    ['VAKHTA_MAIL_FROM', 'desk@example.org', 'invalid_field', 'required'],
    ['VAKHTA_MQTT_TOPIC', 'a/#', 'invalid_field', 'regex'],
    ['VAKHTA_MQTT_URL', 'mqtt://a:b@broker.example.org', 'invalid_field', 'tls'],
    ['VAKHTA_LOG_LEVLE', 'info', 'invalid_field', 'additionalProperties'],
    ['VAKHTA_PORT', 9000, 'unprocessable', 'restart'],
    ['VAKHTA_KEEP_EVENTS_DAYS', 30, 'conflict', 'environment'],
  ])('%s=%s', async (name, value, code, rule) => {
    const asked = change({ VAKHTA_KEEP_CONTACT_DAYS: 90, [name]: value });
    // Mail is refused for the half that lacks.
    const field = name === 'VAKHTA_MAIL_FROM' ? 'VAKHTA_SMTP_URL' : name;
    await expect(asked).rejects.toMatchObject({ code, field, rule });
    const now = await owner.call(routes.getDeskSettings);
    expect(settingOf(now, 'VAKHTA_KEEP_CONTACT_DAYS')).toMatchObject({ value: null, source: 'default' });
  });
});

test('mail that is set in the panel is there at once, at every node, and goes when it is taken back', async () => {
  const hasMail = async (api: ApiClient) => (await api.call(routes.getDoor)).mail;
  expect(await hasMail(owner)).toBe(false);
  await change(MAIL);
  expect(await hasMail(owner)).toBe(true);
  await vi.waitFor(async () => expect(await hasMail(there)).toBe(true), 5000);
  await change({ VAKHTA_SMTP_URL: null, VAKHTA_MAIL_FROM: null });
  expect(await hasMail(owner)).toBe(false);
  await vi.waitFor(async () => expect(await hasMail(there)).toBe(false), 5000);
});

test('links lead to the public address as it is now', async () => {
  const linkFor = async (email: string) =>
    (await owner.call(routes.invite, { body: { email, roles: ['viewer'], language: 'en' } })).link;
  expect(await linkFor('first@example.org')).toMatch(new RegExp(`^${desk.url}/join#`));
  await change({ VAKHTA_PUBLIC_URL: 'https://desk.metro.example/' });
  expect(await linkFor('second@example.org')).toMatch(/^https:\/\/desk\.metro\.example\/join#/);
});

test('states are told to the broker that is named, and no longer once it is taken back', async () => {
  const aedes = await Aedes.createBroker();
  const server = createServer(aedes.handle).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const { port } = server.address() as AddressInfo;
    await change({ VAKHTA_MQTT_URL: `mqtt://127.0.0.1:${port}`, VAKHTA_MQTT_TOPIC: 'metro' });
    // Each of the two servers holds a connection of its own.
    await vi.waitFor(() => expect(aedes.connectedClients).toBe(2), 5000);
    await change({ VAKHTA_MQTT_URL: null });
    await vi.waitFor(() => expect(aedes.connectedClients).toBe(0), 5000);
  } finally {
    server.close();
    await new Promise<void>((resolve) => aedes.close(resolve));
  }
});

test('what was set outlives a restart, and the environment wins over it', async () => {
  await change({ VAKHTA_KEEP_VALUES_DAYS: 90, VAKHTA_LOG_LEVEL: 'warn' });
  const fixed = { ...given, VAKHTA_LOG_LEVEL: 'error' };
  const third = await startBeside(desk, { given: fixed, logLevel: 'error' });
  try {
    const token = await tokenOf(operating, 'owner');
    const seen = await createClient({ server: third.url, token }).call(routes.getDeskSettings);
    expect(settingOf(seen, 'VAKHTA_KEEP_VALUES_DAYS')).toMatchObject({
      value: 90,
      source: 'panel',
      changeable: true,
    });
    expect(settingOf(seen, 'VAKHTA_LOG_LEVEL')).toMatchObject({
      value: 'error',
      source: 'environment',
      changeable: false,
    });
  } finally {
    await third.stop();
  }
});

test('a password is never shown again, and does not stand in the database or the audit', async () => {
  const answer = await change(MAIL);
  expect(settingOf(answer, 'VAKHTA_SMTP_URL')?.value).toBe('smtps://desk:•••@mail.example.org');
  expect(JSON.stringify(answer)).not.toContain(SECRET);
  const stored = await desk.database.owner((tx) => sql`select * from desk_settings`.execute(tx));
  expect(stored.rows).toHaveLength(2);
  const audit = await owner.call(routes.listAudit, { query: {} });
  expect(JSON.stringify([stored.rows, audit])).not.toContain(SECRET);
  expect(lines.join('')).not.toContain(SECRET);
});

test('a change is in the audit with who, what and the new value', async () => {
  await change({ VAKHTA_KEEP_VALUES_DAYS: 365 });
  const { items } = await owner.call(routes.listAudit, { query: { action: 'desk.' } });
  expect(items[0]).toMatchObject({
    action: 'desk.setting_changed',
    actor: { kind: 'member' },
    subject: { kind: 'setting', id: 'VAKHTA_KEEP_VALUES_DAYS' },
    detail: { value: '365' },
  });
});

test('another organisation’s owner and every lesser role of the first neither see nor change them', async () => {
  const other = await seedOrganisation(desk.database);
  const tokens = [
    await tokenOf(other, 'owner'),
    ...(await Promise.all(
      (['manager', 'operator', 'viewer', 'auditor'] as const).map((role) => tokenOf(operating, role)),
    )),
  ];
  for (const token of tokens) {
    const api = createClient({ server: desk.url, token });
    await expect(api.call(routes.getDeskSettings)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(
      api.call(routes.changeDeskSettings, { body: { values: { VAKHTA_LOG_LEVEL: 'debug' } } }),
    ).rejects.toMatchObject({ code: 'forbidden' });
    const [membership] = (await api.call(routes.getSession)).memberships;
    expect(membership?.permissions).not.toContain('desk.manage');
  }
});

test('the log tells of requests while it is set to debug, by the route’s name, without tokens and people', async () => {
  const answered = () => events().filter(({ event }) => event === 'http.answered');
  expect(answered()).toEqual([]);
  await change({ VAKHTA_LOG_LEVEL: 'debug' });
  const person = await createPerson(desk, 'Zinaida Petrovna');
  const { token } = await joinWithToken(desk, operating.organisation, person, ['owner']);
  await createClient({ server: desk.url, token }).call(routes.listMembers, { query: {} });
  await vi.waitFor(() =>
    expect(answered()).toContainEqual(
      expect.objectContaining({
        level: 'debug',
        method: 'GET',
        route: '/api/v1/members',
        status: 200,
        ms: expect.any(Number),
      }),
    ),
  );
  await vi.waitFor(() => expect(events().some(({ event }) => event === 'job.done')).toBe(true), 5000);
  await change({ VAKHTA_LOG_LEVEL: null });
  const all = lines.join('');
  for (const secret of [token, person.email, person.name]) expect(all).not.toContain(secret);
  const before = answered().length;
  await owner.call(routes.listMembers, { query: {} });
  await owner.call(routes.getSession);
  // The request that set it back may be the last one told of.
  expect(answered().length - before).toBeLessThanOrEqual(1);
});
