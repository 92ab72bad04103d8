import type { Duration } from '@vakhta/kernel';

const units = { ms: 1, s: 1000, min: 60_000, h: 3_600_000 } as const;

/** What is written in a file: `500ms`, `10s`, `1.5min`, `1h`. Undefined for anything else. */
export function parseDuration(text: string): Duration | undefined {
  const found = /^(?<number>\d+(?:\.\d+)?) ?(?<unit>ms|s|min|h)$/.exec(text)?.groups;
  return found && Number(found.number) * units[found.unit as keyof typeof units];
}
