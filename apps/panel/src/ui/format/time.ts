import type { Duration, Instant } from '@vakhta/kernel';
import type { Language } from '../../words/words.ts';

/** A no-break space: a figure and its unit never part at the end of a line. */
export const NBSP = '\u00a0';

export type TimeUnit = 'ms' | 's' | 'min' | 'h' | 'd';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * An age in its largest whole unit, calm enough to be looked at: below five seconds it is `now`, below a minute it moves
 * in steps of five. Instants ahead of now (clocks differ) are `now` too.
 */
export function ageOf(at: Instant, now: Instant): { unit: 'now' } | { unit: TimeUnit; n: number } {
  const age = now - at;
  if (age < 5 * SECOND) return { unit: 'now' };
  if (age < MINUTE) return { unit: 's', n: Math.floor(age / (5 * SECOND)) * 5 };
  if (age < HOUR) return { unit: 'min', n: Math.floor(age / MINUTE) };
  if (age < 2 * DAY) return { unit: 'h', n: Math.floor(age / HOUR) };
  return { unit: 'd', n: Math.floor(age / DAY) };
}

/** A duration as its two largest units: 90 061 000 ms → 1 d 1 h; below a minute with what precision there is. */
export function durationParts(duration: Duration): { n: number; unit: TimeUnit }[] {
  if (duration < SECOND) return [{ n: Math.round(duration), unit: 'ms' }];
  if (duration < 10 * SECOND) return [{ n: Math.round(duration / 100) / 10, unit: 's' }];
  const sizes = [
    { unit: 'd', size: DAY },
    { unit: 'h', size: HOUR },
    { unit: 'min', size: MINUTE },
    { unit: 's', size: SECOND },
  ] as const;
  const first = sizes.findIndex(({ size }) => duration >= size);
  let rest = duration;
  return sizes.slice(first, first + 2).flatMap(({ unit, size }) => {
    const n = Math.floor(rest / size);
    rest -= n * size;
    return n > 0 ? [{ n, unit }] : [];
  });
}

const formats = new Map<string, Intl.DateTimeFormat>();
const formatWith = (language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = `${language}${JSON.stringify(options)}`;
  const format =
    formats.get(key) ??
    new Intl.DateTimeFormat(language === 'ru' ? 'ru-RU' : 'en-GB', { hourCycle: 'h23', ...options });
  formats.set(key, format);
  return format;
};

const CLOCK = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;

/** 'HH:MM:SS', on the reader's clocks or on those of a place. */
export const formatClock = (at: Instant, language: Language, timeZone?: string): string =>
  formatWith(language, { ...CLOCK, ...(timeZone !== undefined && { timeZone }) }).format(at);

/** 'HH:MM:SS' today, with the day before it otherwise. */
export function formatInstant(at: Instant, now: Instant, language: Language): string {
  const day = formatWith(language, { day: 'numeric', month: 'short', year: 'numeric' });
  const clock = formatClock(at, language);
  if (day.format(at) === day.format(now)) return clock;
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  const date = sameYear
    ? formatWith(language, { day: 'numeric', month: 'short' }).format(at)
    : day.format(at);
  return `${date}, ${clock}`;
}

/** The whole instant with its zone, for a tooltip. */
export const formatFullInstant = (at: Instant, language: Language): string =>
  formatWith(language, {
    weekday: 'short',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    ...CLOCK,
    timeZoneName: 'short',
  }).format(at);

/** Day and time on the clocks of a place: '27 Nov 2026, 06:19:08'. */
export const formatLocal = (at: Instant, language: Language, timeZone: string): string =>
  formatWith(language, { day: 'numeric', month: 'short', year: 'numeric', ...CLOCK, timeZone }).format(at);

/** From when to when, a day that both have in common once; seconds where they make a difference. */
export const formatRange = (from: Instant, to: Instant, language: Language): string =>
  formatWith(language, {
    day: 'numeric',
    month: 'short',
    ...CLOCK,
    second: to - from < 30 * MINUTE ? '2-digit' : undefined,
  }).formatRange(from, to);
