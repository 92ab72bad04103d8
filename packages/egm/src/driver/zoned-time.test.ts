import { expect, test } from 'vitest';
import { isTimeZone, localTime, nextDayStart } from './zoned-time.ts';

const next = (now: string, zone: string, start: string) =>
  new Date(nextDayStart(Date.parse(now), zone, start)).toISOString();

test.each([
  ['2026-01-10T02:59:59.999Z', 'Europe/Minsk', '06:00', '2026-01-10T03:00:00.000Z'],
  ['2026-01-10T03:00:00.000Z', 'Europe/Minsk', '06:00', '2026-01-11T03:00:00.000Z'],
  ['2026-01-10T12:00:00.000Z', 'UTC', '00:00', '2026-01-11T00:00:00.000Z'],
  ['2026-01-10T23:30:00.000Z', 'Asia/Kathmandu', '05:17', '2026-01-10T23:32:00.000Z'],
  // 25 hours: 02:30 comes twice on 25 October 2026 in Berlin, the first time in summer time.
  ['2026-10-24T12:00:00.000Z', 'Europe/Berlin', '02:30', '2026-10-25T00:30:00.000Z'],
  ['2026-10-25T00:45:00.000Z', 'Europe/Berlin', '02:30', '2026-10-26T01:30:00.000Z'],
  // 23 hours: 02:30 is jumped over on 29 March 2026, the gap ends at 03:00 summer time.
  ['2026-03-28T12:00:00.000Z', 'Europe/Berlin', '02:30', '2026-03-29T01:00:00.000Z'],
  ['2026-03-29T12:00:00.000Z', 'Europe/Berlin', '02:30', '2026-03-30T00:30:00.000Z'],
])('after %s in %s a day that starts at %s starts at %s', (now, zone, start, at) => {
  expect(next(now, zone, start)).toBe(at);
});

test('a wall clock shows the time of its zone', () => {
  expect(localTime(Date.parse('2026-07-01T21:05:09Z'), 'Europe/Minsk')).toEqual({
    date: '2026-07-02',
    time: '00:05:09',
  });
});

test('a zone is one that exists', () => {
  expect([isTimeZone('Europe/Minsk'), isTimeZone('Mars/Olympus')]).toEqual([true, false]);
});
