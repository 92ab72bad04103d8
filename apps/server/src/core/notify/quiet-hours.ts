import type { NotificationSettings } from '@vakhta/api';
import { type Instant, minutes } from '@vakhta/kernel';

const toMinutes = (text: string): number => {
  const [hour, minute] = text.split(':').map(Number);
  return (hour ?? 0) * 60 + (minute ?? 0);
};

/** Minutes since midnight on a wall clock in the zone. */
function wallClock(at: Instant, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return toMinutes(format.format(at));
}

/** When the quiet hours that `at` lies in are over; undefined outside them. */
export function quietUntil(
  {
    quietFrom,
    quietUntil: until,
    timeZone,
  }: Pick<NotificationSettings, 'quietFrom' | 'quietUntil' | 'timeZone'>,
  at: Instant,
): Instant | undefined {
  if (quietFrom === undefined || until === undefined) return undefined;
  const [from, end, now] = [toMinutes(quietFrom), toMinutes(until), wallClock(at, timeZone)];
  const isQuiet = from <= end ? from <= now && now < end : from <= now || now < end;
  if (!isQuiet) return undefined;
  const left = (end - now + 24 * 60) % (24 * 60);
  return Math.floor(at / minutes(1)) * minutes(1) + minutes(left);
}
