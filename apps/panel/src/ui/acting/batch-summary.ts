import type { CommandState } from '@vakhta/api';
import { isFinal, type KnownCommand } from '../../live/command-store.ts';

export type BatchPart = 'done' | 'sent' | 'failed' | 'unknown' | 'running';

/** In the order a progress bar shows them. */
export const batchParts: readonly BatchPart[] = ['done', 'sent', 'failed', 'unknown', 'running'];

const failures: ReadonlySet<CommandState> = new Set(['failed', 'refused', 'expired']);

export function partOf(command: Pick<KnownCommand, 'state' | 'outcome'>): BatchPart {
  if (!isFinal(command)) return 'running';
  if (failures.has(command.state)) return 'failed';
  if (command.state === 'unknown') return 'unknown';
  return command.outcome?.observed === false ? 'sent' : 'done';
}

export interface BatchSummary {
  total: number;
  finished: number;
  counts: Record<BatchPart, number>;
  /** Things whose command did not end well, unknown outcomes included: what one would try again. */
  failedThings: string[];
}

/** How a group request stands. */
export function summarise(commands: readonly KnownCommand[]): BatchSummary {
  const counts: Record<BatchPart, number> = { done: 0, sent: 0, failed: 0, unknown: 0, running: 0 };
  const failedThings: string[] = [];
  for (const command of commands) {
    const part = partOf(command);
    counts[part] += 1;
    if (part === 'failed' || part === 'unknown') failedThings.push(command.thing);
  }
  return { total: commands.length, finished: commands.length - counts.running, counts, failedThings };
}
