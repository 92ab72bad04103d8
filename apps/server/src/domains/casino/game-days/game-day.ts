/** Local times of a zone. `Temporal` is not in the runtime yet, so offsets come from `Intl`. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(timeZone, format);
  }
  return format;
}

/** What the zone's clocks show at an instant, as if it were UTC, whole seconds. */
export function wallOf(instant: number, timeZone: string): number {
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  );
  return Date.UTC(parts.year!, parts.month! - 1, parts.day!, parts.hour!, parts.minute!, parts.second!);
}

const offsetAt = (instant: number, timeZone: string): number =>
  wallOf(instant, timeZone) - Math.floor(instant / 1000) * 1000;

const DAY = 86_400_000;

/**
 * The instant at which the zone's clocks first show `wall` or, where they skip it, the first instant after the gap.
 */
function instantOf(wall: number, timeZone: string): number {
  const offsets = [offsetAt(wall - DAY, timeZone), offsetAt(wall + DAY, timeZone)];
  const showing = offsets.map((offset) => wall - offset).filter((one) => wallOf(one, timeZone) === wall);
  if (showing.length > 0) return Math.min(...showing);
  // In a gap: the change lies between the two readings of the missing time; find it to the second.
  let before = wall - Math.max(...offsets);
  let after = wall - Math.min(...offsets);
  const old = offsetAt(before, timeZone);
  while (after - before > 1000) {
    const middle = Math.floor((before + after) / 2000) * 1000;
    if (offsetAt(middle, timeZone) === old) before = middle;
    else after = middle;
  }
  return after;
}

/** How a hall counts its days: from `gameDayStart` ('HH:MM') in its zone to the next. */
export interface GameDayRule {
  timeZone: string;
  gameDayStart: string;
}

export const plusDays = (date: string, days: number): string =>
  new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10);

export const nextDate = (date: string): string => plusDays(date, 1);

/** The days from `first` to `last`, both included. */
export const daysBetween = (first: string, last: string): number =>
  Math.round((Date.parse(last) - Date.parse(first)) / DAY) + 1;

const startOf = (date: string, rule: GameDayRule): number =>
  instantOf(Date.parse(`${date}T${rule.gameDayStart}:00Z`), rule.timeZone);

/** Half-open: `to` is the next day's start. Instants in milliseconds. */
export function gameDayBounds(date: string, rule: GameDayRule): { from: number; to: number } {
  return { from: startOf(date, rule), to: startOf(nextDate(date), rule) };
}

/** The game day that holds an instant, 'YYYY-MM-DD'. */
export function gameDayOf(instant: number | Date, rule: GameDayRule): string {
  const at = Number(instant);
  const local = new Date(wallOf(at, rule.timeZone)).toISOString().slice(0, 10);
  // The local date is right or a day ahead of it; around a change of the clocks it may be either side.
  for (const date of [plusDays(local, 1), local, plusDays(local, -1)])
    if (startOf(date, rule) <= at) return date;
  return plusDays(local, -2);
}

/** What the hall's clocks show, with the offset: 'YYYY-MM-DDTHH:MM:SS+HH:MM'. */
export function localTime(instant: number, timeZone: string): string {
  const offset = Math.round(offsetAt(instant, timeZone) / 60_000);
  const [hours, minutes] = [Math.trunc(Math.abs(offset) / 60), Math.abs(offset) % 60];
  const pad = (n: number) => String(n).padStart(2, '0');
  const wall = new Date(wallOf(instant, timeZone)).toISOString().slice(0, 19);
  return `${wall}${offset < 0 ? '-' : '+'}${pad(hours)}:${pad(minutes)}`;
}
