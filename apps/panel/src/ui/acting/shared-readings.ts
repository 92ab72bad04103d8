import type { Thing } from '@vakhta/api';
import type { DataSchema } from '@vakhta/things';
import { optionsOf } from '../format/value.ts';

/**
 * The property values a form for several things may rely on: choices that every one of them offers, the smallest of
 * their maxima, and any other value only where all have the same.
 */
export function sharedReadings(
  things: readonly Thing[],
  input: DataSchema | undefined,
): Record<string, unknown> {
  const [first, ...rest] = things.map((thing) =>
    Object.fromEntries(Object.entries(thing.properties).map(([name, { value }]) => [name, value as unknown])),
  );
  if (!first) return {};
  const fields = Object.values(input?.properties ?? {});
  const lists = new Set(fields.flatMap(({ optionsFrom }) => optionsFrom ?? []));
  const maxima = new Set(fields.flatMap(({ maximumFrom }) => maximumFrom ?? []));
  const shared: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(first)) {
    const others = rest.map((readings) => readings[name]);
    if (lists.has(name)) {
      const offered = others.map((list) => new Set(optionsOf(list).map((option) => option.value)));
      shared[name] = optionsOf(value).filter((option) => offered.every((set) => set.has(option.value)));
    } else if (maxima.has(name)) {
      const numbers = [value, ...others].filter((each) => typeof each === 'number');
      if (numbers.length > 0) shared[name] = Math.min(...numbers);
    } else if (others.every((other) => JSON.stringify(other) === JSON.stringify(value))) shared[name] = value;
  }
  return shared;
}
