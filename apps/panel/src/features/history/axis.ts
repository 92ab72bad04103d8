import type { Language } from '../../words/words.ts';

const HOUR = 3600;
const locales: Record<Language, string> = { en: 'en-GB', ru: 'ru-RU' };

/**
 * The words of a time axis for ticks in seconds, `step` seconds apart: days, hours and minutes, or seconds; the day beside
 * each midnight and at the first tick.
 */
export function timeTicks(ticks: readonly number[], step: number, language: Language): string[] {
  const locale = locales[language];
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
  const clock = new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    ...(step < 60 && { second: '2-digit' }),
    hourCycle: 'h23',
  });
  return ticks.map((tick, index) => {
    const date = new Date(tick * 1000);
    if (step >= 24 * HOUR) return day.format(date);
    const isMidnight = date.getHours() === 0 && date.getMinutes() === 0 && date.getSeconds() === 0;
    return isMidnight || index === 0 ? `${clock.format(date)}\n${day.format(date)}` : clock.format(date);
  });
}
