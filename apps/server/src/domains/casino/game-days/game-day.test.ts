import { describe, expect, test } from 'vitest';
import { gameDayBounds, gameDayOf, localTime } from './game-day.ts';

const iso = ({ from, to }: { from: number; to: number }) =>
  [from, to].map((at) => new Date(at).toISOString());
const berlin = (gameDayStart: string) => ({ timeZone: 'Europe/Berlin', gameDayStart });

describe('a game day', () => {
  test.each([
    [
      'clocks go forward within it: 23 hours',
      '2026-03-28',
      '06:00',
      '2026-03-28T05:00:00.000Z',
      '2026-03-29T04:00:00.000Z',
    ],
    [
      'clocks go back within it: 25 hours',
      '2026-10-24',
      '06:00',
      '2026-10-24T04:00:00.000Z',
      '2026-10-25T05:00:00.000Z',
    ],
    [
      'its start does not exist: the first instant after the gap',
      '2026-03-29',
      '02:30',
      '2026-03-29T01:00:00.000Z',
      '2026-03-30T00:30:00.000Z',
    ],
    [
      'its start occurs twice: the first time',
      '2026-10-25',
      '02:30',
      '2026-10-25T00:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
    ],
  ])('%s', (_, date, start, from, to) => {
    expect(iso(gameDayBounds(date, berlin(start)))).toEqual([from, to]);
  });

  test('a gap of half an hour, in the zone of Lord Howe', () => {
    const rule = { timeZone: 'Australia/Lord_Howe', gameDayStart: '02:15' };
    expect(iso(gameDayBounds('2026-10-04', rule))[0]).toBe('2026-10-03T15:30:00.000Z');
  });

  test('a zone that skipped a whole date has a day that begins where the next one does', () => {
    const rule = { timeZone: 'Pacific/Apia', gameDayStart: '06:00' };
    expect(iso(gameDayBounds('2011-12-31', rule))[0]).toBe('2011-12-30T16:00:00.000Z');
  });

  test.each([
    ['2026-05-17T02:59:59.999Z', '2026-05-16'],
    ['2026-05-17T03:00:00.000Z', '2026-05-17'],
    ['2026-05-18T02:59:59.999Z', '2026-05-17'],
  ])('holds its start and not the next: %s', (instant, date) => {
    expect(gameDayOf(Date.parse(instant), { timeZone: 'Europe/Minsk', gameDayStart: '06:00' })).toBe(date);
  });

  test('every instant lies in the one day that is said to hold it', () => {
    for (const timeZone of ['Europe/Berlin', 'America/St_Johns', 'Pacific/Auckland', 'Asia/Kathmandu'])
      for (const gameDayStart of ['00:00', '02:30', '23:45'])
        for (let at = Date.UTC(2026, 2, 1); at < Date.UTC(2027, 2, 1); at += 5 * 3_600_000 + 1000) {
          const { from, to } = gameDayBounds(gameDayOf(at, { timeZone, gameDayStart }), {
            timeZone,
            gameDayStart,
          });
          expect(from <= at && at < to).toBe(true);
        }
  });
});

test('local time carries its offset', () => {
  expect(localTime(Date.parse('2026-01-01T00:00:01.999Z'), 'America/St_Johns')).toBe(
    '2025-12-31T20:30:01-03:30',
  );
});
