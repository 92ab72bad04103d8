import type { HallRef, HallSettings } from './hall.ts';
import type { Machine } from './machine.ts';

export type LinkState = 'online' | 'stale' | 'offline';

/** How long the agent of a machine has been out of contact, as people are shown it. */
export async function linkOf(
  { tx, hall, settings, now }: HallRef & { settings: HallSettings; now: Date },
  agent: string,
): Promise<LinkState> {
  const row = await tx
    .selectFrom('casino_agents')
    .select('down_since')
    .where('hall_id', '=', hall)
    .where('agent', '=', agent)
    .executeTakeFirst();
  if (!row?.down_since) return 'online';
  const seconds = (now.getTime() - row.down_since.getTime()) / 1000;
  if (seconds >= settings.policy.offlineCriticalSeconds) return 'offline';
  return seconds >= settings.policy.offlineWarningSeconds ? 'stale' : 'online';
}

/** Whether credits may be sent to a machine now. */
export async function creditingAllowed(
  hall: HallRef & { settings: HallSettings; now: Date },
  machine: Machine,
): Promise<boolean> {
  return (
    machine.state === 'live' && !machine.clearAnnounced && (await linkOf(hall, machine.agent)) === 'online'
  );
}
