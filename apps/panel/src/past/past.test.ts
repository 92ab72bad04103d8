import type { Thing } from '@vakhta/api';
import { expect, test } from 'vitest';
import { NOT_KNOWN_YET, thingAsOf } from './past.ts';

const at = Date.UTC(2026, 10, 25, 12);
const before = '2026-11-25T11:00:00.000Z';
const now: Thing = {
  id: '019ab000-0000-7000-8000-000000000001',
  name: 'Lamp',
  model: 'lamp',
  site: '019ab000-0000-7000-8000-000000000002',
  agent: '019ab000-0000-7000-8000-000000000003',
  groups: [],
  online: true,
  offlineReason: null,
  lastSeen: '2026-11-26T08:00:00.000Z',
  properties: { brightness: { value: 90, at: '2026-11-26T08:00:00.000Z', stale: false } },
};

test('nothing of the present shows in a thing of the past but its name and its place', () => {
  const states = {
    [now.id]: {
      online: false,
      reason: { code: 'tv.unreachable', message: 'no route' },
      since: before,
      properties: { brightness: { value: 10, at: before } },
    },
  };
  expect(thingAsOf(now, { at, states })).toEqual({
    ...now,
    online: false,
    offlineReason: { code: 'tv.unreachable', message: 'no route' },
    lastSeen: before,
    properties: { brightness: { value: 10, at: before, stale: true } },
  });
});

test('while it answered, what it had said held', () => {
  const states = {
    [now.id]: {
      online: true,
      reason: null,
      since: before,
      properties: { brightness: { value: 10, at: before } },
    },
  };
  const then = thingAsOf(now, { at, states });
  expect(then.lastSeen).toBe('2026-11-25T12:00:00.000Z');
  expect(then.properties.brightness).toEqual({ value: 10, at: before, stale: false });
});

test('before anything was said of it a thing is not known, rather than as it is now', () => {
  expect(thingAsOf(now, { at, states: {} })).toMatchObject({
    online: false,
    offlineReason: { code: NOT_KNOWN_YET },
    lastSeen: null,
    properties: {},
  });
});
