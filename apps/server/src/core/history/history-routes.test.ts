import { createClient, historyRoutes as routes } from '@vakhta/api';
import { hours, minutes, systemClock } from '@vakhta/kernel';
import type { Observation } from '@vakhta/link';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Fixture, seedOrganisation } from '../../../test/fixture.ts';
import { createPerson, joinWithToken, type RunningDesk, startDesk } from '../../../test/running-desk.ts';
import { coreProjections } from '../core.ts';
import { ingest } from '../ingest/ingest.ts';

const START = Date.UTC(2026, 10, 20, 12);
const iso = (at: number) => new Date(at).toISOString();
let desk: RunningDesk;
let fixture: Fixture;
let token: string;
beforeAll(async () => {
  desk = await startDesk();
  fixture = await seedOrganisation(desk.database, { things: 2 });
  ({ token } = await joinWithToken(desk, fixture.organisation, await createPerson(desk), ['viewer']));
  const [thing] = fixture.things;
  const brightness = (at: number, value: number | null): Observation => ({
    kind: 'property',
    thing,
    name: 'brightness',
    value,
    at,
  });
  const { organisation, agent, stream } = fixture;
  await ingest(
    {
      organisation,
      agent,
      stream,
      from: 1,
      items: [
        { kind: 'presence', thing, online: true, at: START },
        brightness(START + minutes(1), 10),
        {
          kind: 'property',
          thing,
          name: 'label',
          value: '=HYPERLINK("http://x","да, "" нет")',
          at: START + minutes(2),
        },
        { kind: 'event', thing, name: 'flickered', data: { number: 1 }, at: START + minutes(3) },
        brightness(START + minutes(4), null),
        brightness(START + minutes(5), 0.5),
      ],
    },
    { database: desk.database, clock: systemClock, projections: coreProjections },
  );
});
afterAll(() => desk.stop());

const client = () => createClient({ server: desk.url, token });
const download = (query: string) =>
  fetch(`${desk.url}/api/v1/things/${fixture.things[0]}/history.csv?${query}`, {
    headers: { authorization: `Bearer ${token}` },
  });
const span = `from=${iso(START)}&to=${iso(START + hours(1))}`;

test('every thing is shown as it was at the second asked for, also those of which nothing was known', async () => {
  const [spoken, silent] = fixture.things;
  const { at, things } = await client().call(routes.getStateAsOf, { query: { at: iso(START + minutes(4)) } });
  expect(at).toBe(iso(START + minutes(4)));
  expect(things).toEqual({
    [spoken]: {
      online: true,
      reason: null,
      since: iso(START),
      properties: {
        brightness: { value: null, at: iso(START + minutes(4)) },
        label: { value: expect.stringContaining('HYPERLINK'), at: iso(START + minutes(2)) },
      },
    },
    [silent!]: { online: null, reason: null, since: null, properties: {} },
  });
});

test('a property’s history and a presence’s are told over a span', async () => {
  const params = { thing: fixture.things[0] };
  const query = { from: iso(START), to: iso(START + hours(1)) };
  const { points } = await client().call(routes.getPropertyHistory, {
    params: { ...params, property: 'brightness' },
    query,
  });
  expect(points.map(({ value }) => value)).toEqual([10, null, 0.5]);
  const presence = await client().call(routes.getPresenceHistory, { params, query });
  expect(presence.points).toMatchObject([{ at: iso(START), value: true }]);
});

test('a span that ends before it begins is refused with the field', async () => {
  const params = { thing: fixture.things[0], property: 'brightness' };
  await expect(
    client().call(routes.getPropertyHistory, { params, query: { from: iso(START), to: iso(START) } }),
  ).rejects.toMatchObject({ status: 400, field: 'to', rule: 'minimum' });
});

test('an export holds every observation, oldest first, and nothing that a spreadsheet would run', async () => {
  const response = await download(span);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(response.headers.get('content-disposition')).toMatch(/^attachment; .*Lamp%201%202026-11-20\.csv/);
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer());
  const lines = text.split('\r\n');
  expect(lines[0]).toBe('\uFEFFat,receivedAt,kind,name,value');
  const told = lines.slice(1, -1).map((line) => line.replace(/^([^,]*),[^,]*,/, '$1,'));
  expect(told).toEqual([
    `${iso(START)},presence,presence,"{""online"":true}"`,
    `${iso(START + minutes(1))},property,brightness,10`,
    `${iso(START + minutes(2))},property,label,"'=HYPERLINK(""http://x"",""да, """" нет"")"`,
    `${iso(START + minutes(3))},event,flickered,"{""number"":1}"`,
    `${iso(START + minutes(4))},property,brightness,`,
    `${iso(START + minutes(5))},property,brightness,0.5`,
  ]);
});

test('an export of some properties holds those only', async () => {
  const lines = (await (await download(`${span}&properties=brightness`)).text()).trim().split('\r\n');
  expect(lines).toHaveLength(4);
});
