import { expect, test } from 'vitest';
import { quietUntil } from './quiet-hours.ts';

const night = { quietFrom: '23:00', quietUntil: '07:30', timeZone: 'Europe/Minsk' };
/** Minsk is three hours ahead of UTC all year. */
const minsk = (text: string) => Date.parse(`${text}:00+03:00`);

test('a night that goes past midnight ends the next morning, by the clock on the person’s wall', () => {
  expect(quietUntil(night, minsk('2026-11-26T22:59'))).toBeUndefined();
  expect(quietUntil(night, minsk('2026-11-26T23:00'))).toBe(minsk('2026-11-27T07:30'));
  expect(quietUntil(night, minsk('2026-11-27T03:10') + 12_345)).toBe(minsk('2026-11-27T07:30'));
  expect(quietUntil(night, minsk('2026-11-27T07:30'))).toBeUndefined();
});

test('a siesta lies within a day', () => {
  const siesta = { ...night, quietFrom: '13:00', quietUntil: '15:00' };
  expect(quietUntil(siesta, minsk('2026-11-26T14:59'))).toBe(minsk('2026-11-26T15:00'));
  expect(quietUntil(siesta, minsk('2026-11-26T12:59'))).toBeUndefined();
});

test('without quiet hours nothing waits', () => {
  expect(quietUntil({ timeZone: 'Europe/Minsk' }, minsk('2026-11-26T03:00'))).toBeUndefined();
});
