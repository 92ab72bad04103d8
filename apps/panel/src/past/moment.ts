import { type Duration, days, hours, type Instant, minutes, seconds } from '@vakhta/kernel';

/** How far the scrubber reaches, and how far one step of it goes. */
export const reaches = {
  hour: { length: hours(1), step: seconds(10) },
  day: { length: days(1), step: minutes(5) },
  week: { length: days(7), step: minutes(30) },
  month: { length: days(30), step: hours(2) },
} as const satisfies Record<string, { length: Duration; step: Duration }>;
export type Reach = keyof typeof reaches;

/** The whole second an instant lies in: moments of the past are asked for by the second. */
const wholeSecond = (at: Instant): Instant => Math.floor(at / 1000) * 1000;

/** Never later than now: what is not yet cannot be looked at. */
export const momentOf = (at: Instant, now: Instant): string =>
  new Date(wholeSecond(Math.min(at, now))).toISOString();

/** The shortest reach in which a moment lies. */
export function reachOf(at: Instant, now: Instant): Reach {
  const names = Object.keys(reaches) as Reach[];
  return names.find((name) => now - at <= reaches[name].length) ?? 'month';
}

/** What the scrubber spans: up to now where that is within reach, else with the moment in the middle. */
export function windowOf(at: Instant, now: Instant, reach: Reach): { from: Instant; to: Instant } {
  const { length } = reaches[reach];
  const to = now - at <= length ? now : at + length / 2;
  return { from: wholeSecond(to - length), to: wholeSecond(to) };
}

const two = (n: number) => String(n).padStart(2, '0');

/** An instant as a field of the browser for date and time has it: local, to the second. */
export function toField(at: Instant): string {
  const date = new Date(at);
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** Nothing while the field is not filled in. */
export function fromField(text: string): Instant | undefined {
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : at;
}
