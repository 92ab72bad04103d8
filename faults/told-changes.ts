import { type LogRow, told } from './kill-comparison.ts';
import type { Change, ToldBy } from './tv-history.ts';

/**
 * What happened to one TV against the events of it, where the agent lived all the time and saw each change before the
 * next: each is told once, in order, and nothing else is.
 */
export function compareWhole(
  thing: string,
  property: ToldBy,
  changes: readonly Change[],
  log: readonly LogRow[],
): string[] {
  const happened = changes.map(({ to }) => to);
  const events = log.flatMap((row) =>
    row.kind === 'event' && row.thing === thing ? (told[property](row) ?? []) : [],
  );
  if (happened.join() === events.join()) return [];
  return [`${property} of ${thing}: happened ${happened.join(' ')}, was told ${events.join(' ')}`];
}
