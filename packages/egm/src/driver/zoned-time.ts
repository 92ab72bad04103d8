import { type Instant, minutes } from '@vakhta/kernel';

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** A wall clock's reading. */
export interface LocalTime {
  /** 'YYYY-MM-DD' */
  readonly date: string;
  /** 'HH:MM:SS' */
  readonly time: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** What a clock on the wall of that zone shows. */
export function localTime(at: Instant, timeZone: string): LocalTime {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  formats.set(timeZone, format);
  // Swedish writes 'YYYY-MM-DD HH:MM:SS'.
  const [date = '', time = ''] = format.format(at).split(' ');
  return { date, time };
}

/** The same as a slot machine takes it: MMDDYYYY and HHMMSS. */
export function sasTime(at: Instant, timeZone: string): { date: string; time: string } {
  const { date, time } = localTime(at, timeZone);
  const [year = '', month = '', day = ''] = date.split('-');
  return { date: `${month}${day}${year}`, time: time.replaceAll(':', '') };
}

const quarter = minutes(15);

/**
 * The next instant after `now` at which a day begins that starts at `start` ('HH:MM') in the zone. A start that occurs
 * twice is the first of the two; one that the clock jumps over is the first instant after the gap.
 */
export function nextDayStart(now: Instant, timeZone: string, start: string): Instant {
  const isAfter = (at: Instant) => localTime(at, timeZone).time.slice(0, 5) >= start;
  const dateOf = (at: Instant) => localTime(at, timeZone).date;
  /** The first minute of a local date that is at or past the start. */
  const startOn = (date: string): Instant => {
    // No zone is further than 14 hours from UTC; zones change their clocks at whole quarters.
    const from = Date.parse(`${date}T00:00:00Z`) - minutes(15 * 60);
    for (let at = from; ; at += quarter) {
      if (dateOf(at) < date) continue;
      if (dateOf(at) > date) return at;
      const next = Array.from({ length: 15 }, (_, minute) => at + minutes(minute)).find(isAfter);
      if (next !== undefined) return next;
    }
  };
  const today = dateOf(now);
  const first = startOn(today);
  if (first > now) return first;
  return startOn(new Date(Date.parse(`${today}T00:00:00Z`) + minutes(24 * 60)).toISOString().slice(0, 10));
}
